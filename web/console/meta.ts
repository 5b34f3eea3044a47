/*
 * meta.ts - what the server says of its entities, in the language asked: the console's lists, forms
 * and menu are drawn from it, as the caller may use them.
 */
import { computed, shallowRef } from 'vue'
import { get } from '@shared/api'

export type Kind =
  | 'bool' | 'int' | 'opt_int' | 'real' | 'text' | 'id' | 'link' | 'choice' | 'set'
  | 'money' | 'moment' | 'day' | 'degrees' | 'json' | 'list' | 'record'

export interface Choice { key: string; label: string }

export interface Field {
  name: string
  kind: Kind
  class: 'open' | 'masked' | 'sealed' | 'secret'
  label: string
  hint: string
  required: boolean
  read_only: boolean
  create_only: boolean
  filter: boolean
  brief: boolean
  search: boolean
  many_lines: boolean
  low: number
  high: number
  choices: Choice[]
  links?: string
}

export interface Sort { name: string; label: string; down: boolean }

export interface Step {
  action: string
  label: string
  takes: Field[]
  reason: boolean
  danger: boolean
}

export interface Entity {
  name: string
  label: string
  title: string
  state: string
  found_by: string
  menu: string
  files: boolean
  history: boolean
  may_create: boolean
  may_update: boolean
  may_reveal: boolean
  fields: Field[]
  sorts: Sort[]
  steps: Step[]
}

export interface Meta { entities: Map<string, Entity> }

type Loose = Record<string, unknown>

const text = (v: unknown): string => (typeof v === 'string' ? v : '')
const list = (v: unknown): Loose[] => (Array.isArray(v) ? (v as Loose[]) : [])

function choiceOf(raw: Loose): Choice {
  return { key: text(raw.key), label: text(raw.label) || text(raw.key) }
}

export function fieldOf(raw: Loose): Field {
  return {
    name: text(raw.name),
    kind: (text(raw.kind) || 'text') as Kind,
    class: (text(raw.class) || 'open') as Field['class'],
    label: text(raw.label) || text(raw.name),
    hint: text(raw.hint),
    required: raw.required === true,
    read_only: raw.read_only === true,
    create_only: raw.create_only === true,
    filter: raw.filter === true,
    brief: raw.brief === true,
    search: raw.search === true,
    many_lines: raw.many_lines === true,
    low: Number(raw.low ?? 0),
    high: Number(raw.high ?? 0),
    choices: list(raw.choices).map(choiceOf),
    links: text(raw.links) || undefined,
  }
}

export function stepOf(raw: Loose): Step {
  const action = text(raw.name)
  return {
    action,
    label: text(raw.label) || action,
    takes: list(raw.fields).map(fieldOf),
    reason: raw.reason === true,
    danger: raw.danger === true,
  }
}

function entityOf(raw: Loose): Entity {
  return {
    name: text(raw.name),
    label: text(raw.label) || text(raw.name),
    title: text(raw.title) || 'id',
    state: text(raw.state),
    found_by: text(raw.found_by),
    menu: text(raw.menu),
    files: raw.files === true,
    history: raw.history === true,
    may_create: raw.create === true,
    may_update: raw.update === true,
    may_reveal: raw.reveal === true,
    fields: list(raw.fields).map(fieldOf),
    sorts: list(raw.sorts).map((s) => ({ name: text(s.name), label: text(s.label) || text(s.name), down: s.down === true })),
    steps: list(raw.steps).map(stepOf),
  }
}

const loaded = shallowRef<Meta | null>(null)

export async function loadMeta(): Promise<void> {
  const raw = await get<Loose>('/api/meta')
  const entities = new Map(list(raw.entities).map((e) => [text(e.name), entityOf(e)]))
  loaded.value = { entities }
}

export const forgetMeta = (): void => void (loaded.value = null)
export const meta = computed(() => loaded.value)
export const entityNamed = (name: string): Entity | undefined => loaded.value?.entities.get(name)
export const fieldNamed = (e: Entity, name: string): Field | undefined => e.fields.find((f) => f.name === name)

export const choiceText = (f: Field, key: string): string => f.choices.find((c) => c.key === key)?.label ?? key
