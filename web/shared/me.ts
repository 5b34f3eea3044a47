/* me.ts - who is signed in here, known to every page that asks. */
import { computed, shallowRef } from 'vue'
import { post, remove, session } from './api'
import type { Session } from './types'

export const me = shallowRef<Session>()
export const signedIn = computed(() => !!me.value?.account)

export async function whoAmI(again = false): Promise<Session> {
  me.value = await session(again)
  return me.value
}

export const sendCode = (phone: string) => post<{ demo_code?: string }>('/api/session/code', { phone })

export async function enter(phone: string, code: string): Promise<void> {
  await post('/api/session/phone', { phone, code })
  await whoAmI(true)
}

export async function leave(): Promise<void> {
  await remove('/api/session')
  await whoAmI(true)
}
