/* words.ts - an order's state in plain words and what happens next. */
import type { CareOrder } from '../answers'
import { t, type Key } from '../texts'

const known = ['draft', 'placed', 'accepted', 'declined', 'assigned', 'under_way', 'served', 'confirmed', 'rated', 'cancelled', 'not_met', 'disputed']
const kinds: Record<string, 'good' | 'watch' | 'bad' | 'info'> = { placed: 'info', accepted: 'info', assigned: 'info', under_way: 'watch',
  served: 'good', confirmed: 'good', rated: 'good', declined: 'bad', cancelled: 'watch', not_met: 'bad', disputed: 'bad' }

export const stateText = (o: CareOrder) => known.includes(o.state) ? t(`state.${o.state}` as Key) : o.state
export const stateKind = (o: CareOrder) => kinds[o.state] ?? 'info'
export const nextText = (o: CareOrder) => known.includes(o.state) ? t(`next.${o.state}` as Key) : ''
export const itemText = (o: CareOrder) => o.offer_title || o.item_title || o.number
