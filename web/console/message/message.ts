/* message.ts - which messages are listed together, and what colour their states have. */
import type { Tone } from '../tone'

export const SHOWN = {
  failed: { name: 'message.failed', query: { 'state.in': 'failed,unsure' } },
  call: { name: 'message.call', query: { way: 'call', state: 'waiting' } },
  waiting: { name: 'message.waiting', query: { 'state.in': 'waiting,gathered' } },
  sent: { name: 'message.sent', query: { 'state.in': 'sent,delivered,called' } },
  dropped: { name: 'message.dropped', query: { state: 'dropped' } },
} as const
export type Shown = keyof typeof SHOWN

const TONES: Record<string, Tone> = { waiting: 'info', gathered: 'info', sent: 'good', delivered: 'good', called: 'good', failed: 'bad', unsure: 'watch' }
export const messageTone = (state: string): Tone => TONES[state] ?? 'quiet'
