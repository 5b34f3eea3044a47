/* session.ts - who is signed in, in which role, and what that role may do. */
import { Failure, post, remove, session as ask } from '@shared/api'
import type { Session as Shared } from '@shared/types'
import { computed, shallowRef } from 'vue'

export interface Session extends Shared { enrol_totp?: boolean; division?: string; letter?: string }
export type SignInStep = 'password' | 'totp' | 'enrol' | 'done'

const held = shallowRef<Session | null>(null)
const asked = shallowRef(false)

/* What is still owed before the session is whole. */
function owed(s: Session | null): SignInStep {
  if (!s?.account && !s?.need_totp && !s?.enrol_totp) return 'password'
  if (s.enrol_totp) return 'enrol'
  return s.need_totp ? 'totp' : 'done'
}

export const session = computed(() => held.value)
export const session_known = computed(() => asked.value)
export const signed_in = computed(() => owed(held.value) === 'done')
export const may = (right: string): boolean => held.value?.rights?.includes(right) ?? false

export async function sessionLoad(): Promise<SignInStep> {
  try {
    held.value = await ask(true)
  } catch (e) {
    if (!(e instanceof Failure) || e.kind !== 'sign_in') throw e
    held.value = null
  }
  asked.value = true
  return owed(held.value)
}

/* Each step's own answer may already say what is owed; the session itself is asked for the rest. */
async function step(path: string, body: unknown): Promise<SignInStep> {
  const answer = await post<Session | undefined>(path, body)
  const after = await sessionLoad()
  return answer?.enrol_totp ? 'enrol' : answer?.need_totp ? 'totp' : after
}

export const signIn = (login: string, password: string) => step('/api/session', { login, password })
export const signInCode = (code: string) => step('/api/session/totp', { code })
/* The code to scan is an SVG path in a picture of qr_side by qr_side units. */
export interface Enrolment { secret: string; qr_path: string; qr_side: number }
export const enrolTotp = () => post<Enrolment>('/api/account/totp')

export async function roleSwitch(grant: string): Promise<void> {
  await post('/api/session/role', { grant })
  await sessionLoad()
}

export async function signOut(): Promise<void> {
  try {
    await remove('/api/session')
  } finally {
    held.value = null
  }
}

export const sessionLost = (): void => void (held.value = null)
