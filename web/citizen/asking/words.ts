/* words.ts - where something said stands, in plain words. */
import { t, type Key } from '../texts'

const STATES = ['open', 'routed', 'accepted', 'replied', 'closed', 'withdrawn']
export const stateWord = (state: string): string => (STATES.includes(state) ? t(`asked.${state}` as Key) : state)
export const kindTone = (state: string): string => (state === 'replied' ? 'watch' : state === 'closed' ? 'good' : 'info')
