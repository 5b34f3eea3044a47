/*
 * types.mjs - the answers that the faces name, as types, made from the running program's document.
 *
 *   node tools/types.mjs http://127.0.0.1:8080          writes shared/answers.d.ts
 *   node tools/types.mjs openapi.json --check           fails when a member is gone
 *
 * Only what stands in NAMED is written, with the rows it refers to: a thousand lines, not thirty.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const NAMED = {
  DispatchWay: 'get /api/dispatch/way', Near: 'get /api/near', Where: 'get /api/where', ByAddress: 'post /api/where/address',
  Found: 'get /api/what', RouteWords: 'get /api/route', PlacePage: 'get /api/place/{id}/page',
  Catalogue: 'get /api/catalogue', Slots: 'get /api/offer/{id}/slots',
  Price: 'post /api/order/price', OrderPage: 'get /api/my/orders/{id}', My: 'get /api/my',
  BasketPrice: 'post /api/order/basket/price', BasketPlaced: 'post /api/order/basket',
  DeliveryDay: 'get /api/delivery/day', DeliveryRepair: 'get /api/delivery/repair',
  CarerDay: 'get /api/carer/day', Tables: 'get /api/meal/tables', MenuDays: 'get /api/meal/menu',
  Shown: 'get /api/inspection/shown', Around: 'get /api/circle/around',
  Beds: 'get /api/bed/balance', Rank: 'get /api/today/rank',
  Todo: 'get /api/todo', TodoCounts: 'get /api/todo/counts', Colleagues: 'get /api/todo/colleagues',
  Callers: 'get /api/call', Today: 'get /api/today', Domains: 'get /api/today/domains',
  Freshness: 'get /api/verification/freshness', BulkDone: 'post /api/bulk',
  StationDay: 'get /api/station/day', Moves: 'post /api/station/move',
  ParameterNames: 'get /api/parameter/names', ParameterVersions: 'get /api/parameter/versions',
  Year: 'get /api/calendar/year', Deadline: 'get /api/calendar/deadline',
  Birthdays: 'get /api/elder/birthdays', HouseholdChecks: 'get /api/household/checks',
  Proofs: 'get /api/visit/{id}/proofs', Unmatched: 'get /api/address/unmatched',
  Atlas: 'get /api/atlas', AtlasPast: 'get /api/atlas/past', AtlasHomes: 'get /api/atlas/homes', Effect: 'post /api/scenario/try',
  DispatchDay: 'get /api/dispatch/day', DispatchTried: 'post /api/dispatch/try',
  DispatchPlan: 'post /api/dispatch/replan', DispatchTold: 'post /api/dispatch/publish',
  Siting: 'post /api/siting/try', SitingCandidates: 'post /api/siting/candidates',
  Walk: 'post /api/street_edit/walk', FormKinds: 'get /api/form',
  FormPage: 'get /api/form_template/{id}/page', FormTried: 'get /api/form_template/{id}/try',
  ImportKinds: 'get /api/import', ImportPage: 'get /api/import_batch/{id}/page',
}
const OUT = resolve(fileURLToPath(import.meta.url), '../../shared/answers.d.ts')
const ALLOW = 'tidy: ' + 'allow file-length - made'
const HEAD = `/* answers.d.ts - what the server answers, made by tools/types.mjs. ${ALLOW} */
import type { Day, Id, Moment } from './types'
`

const pascal = name => name.split('_').map(w => w.charAt(0).toUpperCase() + w.slice(1)).join('')
const nameOf = ref => pascal(ref.split('/').pop())
const keyOf = name => (/^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name))

function objectOf(s, pad, refs) {
  const must = new Set(s.required ?? [])
  const lines = Object.entries(s.properties).map(([name, of]) =>
    `${pad}  ${keyOf(name)}${must.has(name) ? '' : '?'}: ${typeOf(of, `${pad}  `, refs)}`)
  return `{\n${lines.join('\n')}\n${pad}}`
}

/* One schema as a type; rows it refers to are added to refs. */
function typeOf(s, pad, refs) {
  if (s.$ref) { refs.add(s.$ref); return nameOf(s.$ref) }
  if (s.allOf) return s.allOf.map(one => typeOf(one, pad, refs)).join(' & ')
  if (s.enum) return s.enum.map(v => `'${v}'`).join(' | ')
  if (s.type === 'array') {
    const of = typeOf(s.items ?? {}, pad, refs)
    return / [|&] /.test(of) && !of.startsWith('{') ? `(${of})[]` : `${of}[]`
  }
  if (s.type === 'object') return s.properties ? objectOf(s, pad, refs) : 'Record<string, unknown>'
  if (s.type === 'integer' || s.type === 'number') return 'number'
  if (s.type === 'boolean') return 'boolean'
  if (s.type !== 'string') return 'unknown'
  if (s.pattern?.startsWith('^[0-9]{1,19}')) return 'Id'
  return { 'date-time': 'Moment', date: 'Day' }[s.format] ?? 'string'
}

/* A row as its entity answers it: it never comes without its id and version. */
function rowOf(s) {
  if (s.allOf) return { ...s, allOf: s.allOf.map(rowOf) }
  return s.properties?.id && s.properties.version ? { ...s, required: [...(s.required ?? []), 'id', 'version'] } : s
}

function answerOf(doc, what) {
  const [verb, path] = what.split(' ')
  const schema = doc.paths[path]?.[verb]?.responses['2XX']?.content?.['application/json']?.schema
  if (!schema) throw new Error(`the document has no answer for ${what}`)
  return schema
}

/** The whole file for a document. */
export function typesOf(doc) {
  const refs = new Set()
  const parts = Object.entries(NAMED).map(([name, what]) =>
    `/* ${what} */\nexport type ${name} = ${typeOf(answerOf(doc, what), '', refs)}\n`)
  for (const ref of refs)                              // grows while it is gone through
    parts.push(`export type ${nameOf(ref)} = ${typeOf(rowOf(doc.components.schemas[ref.split('/').pop()]), '', refs)}\n`)
  return `${HEAD}\n${parts.join('\n')}`
}

/* Each member of a file of types, under the type it is of; two of one name at one depth are one. */
function membersOf(text) {
  const found = new Set()
  let of = ''
  for (const line of text.split('\n')) {
    of = line.match(/^export type (\w+)/)?.[1] ?? of
    const member = line.match(/^( +)(\w+)\??:/)
    if (member) found.add(`${of}${member[1]}${member[2]}`)
  }
  return found
}

/** Members that the kept file names and the document does not: the faces would read what never comes. */
export function dropped(doc) {
  const now = membersOf(typesOf(doc))
  return [...membersOf(readFileSync(OUT, 'utf8'))].filter(m => !now.has(m))
}

async function main([from = 'http://127.0.0.1:8080', check]) {
  const doc = from.startsWith('http') ? await (await fetch(new URL('/api/openapi.json', from))).json()
    : JSON.parse(readFileSync(from, 'utf8'))
  if (!check) return writeFileSync(OUT, typesOf(doc))
  const gone = dropped(doc)
  gone.forEach(m => console.error(`the document has no ${m.replace(/ +/, '.')} any more`))
  process.exitCode = gone.length ? 1 : 0
}
if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2))
