/* wechat.ts - binding one's own WeChat in any face: sent to WeChat's page, back with a code, asked until it is done. */
import { onScopeDispose, watch } from 'vue'
import { useTrying } from '../acting'
import { get, newKey, post } from '../api'
import { fill, lang, type Params } from '../i18n'
import { useLoad } from '../load'
import en from './en.json'
import zh from './zh.json'

export interface MyWechat { offered: boolean; bound: boolean; state: 'none' | 'waiting' | 'refused'; why: string; qr_path: string; qr_side: number }
export interface Brought { code: string; state: string }

export const say = (key: keyof typeof zh, params?: Params): string => fill((lang.value === 'en' ? en : zh)[key], params)

const AGAIN_MS = 1000
export const inWechat = /MicroMessenger/i.test(navigator.userAgent)

/* What WeChat put into the address; nothing when one came another way. */
export function brought(query: URLSearchParams): Brought | undefined {
  const code = query.get('code'), state = query.get('state')
  return code && state ? { code, state } : undefined
}

/* `forget` takes it out of the address: it is used once. `changed`: bound now, or no more. */
export function useWechat(back: Brought | undefined, forget: () => unknown, changed: () => void = () => undefined) {
  const { failure, busy, attempt } = useTrying()
  let timer = 0

  async function comeBack(): Promise<void> {
    if (!back) return
    await forget()
    await attempt(() => post('/api/my/wechat/code', back, { key: newKey() }))
  }

  const came = comeBack()
  const mine = useLoad(async signal => { await came; return get<MyWechat>('/api/my/wechat', undefined, signal) })
  watch(mine.data, (now, before) => {
    if (now?.state === 'waiting') timer = window.setTimeout(() => void mine.again(), AGAIN_MS)
    if (now && now.bound !== (before ? before.bound : now.bound && !back)) changed()
  })
  watch(mine.failure, bad => { if (bad && mine.data.value?.state === 'waiting') timer = window.setTimeout(() => void mine.again(), AGAIN_MS) })
  onScopeDispose(() => window.clearTimeout(timer))

  const bind = () => attempt(async () => { location.href = (await post<{ url: string }>('/api/my/wechat', {}, { key: newKey() })).url })
  const unbind = () => attempt(async () => { mine.data.value = await post<MyWechat>('/api/my/wechat/unbind', {}, { key: newKey() }) })
  return { mine, failure, busy, bind, unbind }
}

/* The faces whose pages stand behind the mark: what was brought is in front of it. */
export const broughtHere = (): Brought | undefined => brought(new URLSearchParams(location.search))
export const forgetHere = () => history.replaceState(history.state, '', location.pathname + location.hash)
