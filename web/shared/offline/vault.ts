/*
 * vault.ts - what the phone keeps is sealed, each carer's under her own key.
 * The server gives the key (and a session) after a sign-in by password; on the phone they lie wrapped by her
 * PIN. Signing out, or five wrong PINs, takes the wrapping away: nothing opens until she signs in again, and
 * nothing unsent is lost. Without a secure address there is no WebCrypto: then nothing outlives the page.
 */
import { computed, ref, shallowRef } from 'vue'
import { bearer, newKey, post } from '@shared/api'
import { all, drop, one, put } from './shelf'

export interface Person { account: string; name: string; carer?: string }
interface Wrapped extends Person { salt: Uint8Array; iv: Uint8Array; data: ArrayBuffer; tries: number }
interface Sealed { account: string; iv: Uint8Array; data: ArrayBuffer }
interface Held { person: Person; key: CryptoKey; secret: string; token: string }

export const TRIES_MAX = 5
const ROUNDS = 200000
const held = shallowRef<Held>()
export const person = computed(() => held.value?.person)
export const people = ref<Person[]>([])
export const canKeep = typeof crypto !== 'undefined' && !!crypto.subtle

const bytesOf = (text: string) => new TextEncoder().encode(text)
const random = (n: number) => crypto.getRandomValues(new Uint8Array(n))
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], h => parseInt(h, 16))

async function dataKey(secret: string): Promise<CryptoKey> {
  const raw = await crypto.subtle.digest('SHA-256', fromHex(secret))
  return crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])
}

async function pinKey(pin: string, salt: Uint8Array): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey('raw', bytesOf(pin), 'PBKDF2', false, ['deriveKey'])
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }, base,
    { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

/* A name of this phone, made once; the server's key is of a person on a phone. */
async function phone(): Promise<string> {
  const known = await one<string>('vault', '#phone')
  const made = known ?? newKey().replace(/-/g, '')
  if (!known) await put('vault', '#phone', made)
  return made
}

export async function lookAround(): Promise<void> {
  const wraps = (await all<Wrapped | string>('vault')).filter((w): w is Wrapped => typeof w !== 'string')
  people.value = wraps.map(({ account, name, carer }) => ({ account, name, carer }))
}

function hold(h: Held): void {
  held.value = h
  bearer(h.token)
}

const given = async () => post<{ key: string; token: string }>('/api/sync/phone', { phone: await phone() })

/* After a sign-in by password: her key and her session, from then on by PIN. */
export async function enter(who: Person): Promise<void> {
  if (!canKeep) return
  const { key, token } = await given()
  hold({ person: who, key: await dataKey(key), secret: key, token })
}

/* At a desk: her key only. The desk's own session goes on, and without it nothing opens. */
export async function enterDesk(who: Person): Promise<void> {
  if (!canKeep || held.value?.person.account === who.account) return
  const { key } = await given()
  held.value = { person: who, key: await dataKey(key), secret: key, token: '' }
}

export async function setPin(pin: string): Promise<void> {
  const h = held.value
  if (!h) return
  const salt = random(16), iv = random(12)
  const plain = bytesOf(JSON.stringify({ secret: h.secret, token: h.token }))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, await pinKey(pin, salt), plain)
  await put('vault', h.person.account, { ...h.person, salt, iv, data, tries: 0 })
  await lookAround()
}

export const hasPin = (account: string) => people.value.some(p => p.account === account)

/* True when it opened; else how many tries are left (0: only a sign-in helps). */
export async function open(account: string, pin: string): Promise<true | number> {
  const w = await one<Wrapped>('vault', account)
  if (!w) return 0
  await put('vault', account, { ...w, tries: w.tries + 1 })          /* counted before it is tried */
  try {
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: w.iv }, await pinKey(pin, w.salt), w.data)
    const { secret, token } = JSON.parse(new TextDecoder().decode(plain)) as { secret: string; token: string }
    await put('vault', account, { ...w, tries: 0 })
    hold({ person: { account, name: w.name, carer: w.carer }, key: await dataKey(secret), secret, token })
    return true
  } catch {
    const left = TRIES_MAX - w.tries - 1
    if (left <= 0) await forget(account)
    return Math.max(0, left)
  }
}

/* Another takes the phone: the key leaves the memory, the wrapping stays. */
export function lock(): void {
  held.value = undefined
  bearer('')
}

/* Signed out: what is kept stays sealed until she signs in again. */
export async function forget(account: string): Promise<void> {
  await drop('vault', account)
  await lookAround()
}

/* --- sealing --- */

export async function seal(name: string, value: ArrayBuffer | Uint8Array): Promise<void> {
  const h = held.value
  if (!h) return
  const iv = random(12)
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(name) }, h.key, value)
  await put('sealed', `${h.person.account}/${name}`, { account: h.person.account, iv, data })
}

export async function unseal(name: string): Promise<ArrayBuffer | undefined> {
  const h = held.value
  const s = h && await one<Sealed>('sealed', `${h.person.account}/${name}`)
  if (!h || !s) return undefined
  try {
    return await crypto.subtle.decrypt({ name: 'AES-GCM', iv: s.iv, additionalData: bytesOf(name) }, h.key, s.data)
  } catch { return undefined }
}

export const unkeep = async (name: string) => {
  if (held.value) await drop('sealed', `${held.value.person.account}/${name}`)
}
export const sealJson = (name: string, value: unknown) => seal(name, bytesOf(JSON.stringify(value)))
export async function unsealJson<T>(name: string): Promise<T | undefined> {
  const plain = await unseal(name)
  return plain && JSON.parse(new TextDecoder().decode(plain)) as T
}
