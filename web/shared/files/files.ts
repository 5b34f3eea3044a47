/* files.ts - attachments of a row: the list, sending with progress, taking away. Used by all faces. */
import { addressOf, Failure, get, headersOf, kindOf, newKey, post } from '../api'
import { fill, lang, type Params } from '../i18n'
import type { Id, Moment, Problem } from '../types'
import en from './en.json'
import zh from './zh.json'

export interface Attached {
  id: Id; size: number; type: string; name?: string; note?: string; created_at: Moment
  href: string; small?: string
}
export interface Shelf { items: Attached[]; may_add: boolean }

export const FILE_MB_MAX = 20
export const TYPES = 'image/jpeg,image/png,image/webp,application/pdf'

type Key = keyof typeof zh
export const say = (key: Key, params?: Params): string => fill((lang.value === 'en' ? en : zh)[key], params)

export const isPicture = (f: Attached): boolean => f.type.startsWith('image/')
export const titleOf = (f: Attached): string => f.note || f.name || say('unnamed')
export const sizeText = (n: number): string =>
  n >= 1024 * 1024 ? `${(n / 1024 / 1024).toFixed(1)} MB` : `${Math.max(1, Math.round(n / 1024))} KB`

export const shelfOf = (path: string, signal?: AbortSignal): Promise<Shelf> => get<Shelf>(path, undefined, signal)
export const takeAway = (f: Attached, reason: string): Promise<unknown> => post(`${f.href}/end`, { reason })

function problemOf(text: string): Problem | undefined {
  try { return JSON.parse(text) as Problem } catch { return undefined }
}

/* Sends one file; `heard` is told the share that has left, 0 to 1. fetch() cannot say that. */
export async function send(path: string, file: File, note: string, heard: (share: number) => void, key = newKey()): Promise<void> {
  const head = await headersOf('POST', { raw: file }, key)
  return new Promise((done, fail) => {
    const x = new XMLHttpRequest()
    x.open('POST', addressOf(path, { name: file.name, note }))
    for (const [name, value] of Object.entries(head)) x.setRequestHeader(name, value)
    x.upload.onprogress = e => heard(e.lengthComputable ? e.loaded / e.total : 0)
    x.onerror = () => fail(new Failure('offline', 0))
    x.onload = () => x.status < 300 ? done() : fail(new Failure(kindOf(x.status), x.status, problemOf(x.responseText)))
    x.send(file)
  })
}
