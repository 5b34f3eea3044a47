/* basket.ts - several services for one caller: what they cost together, what clashes, all or none. */
import { Failure, newKey, post } from '@shared/api'
import { clock, dayNear } from '@shared/format'
import { computed, ref, type Ref } from 'vue'
import type { BasketPlaced, BasketPrice, Price } from '../answers'
import { failureText } from '../parts/failure'
import { t } from '../say'
import type { Person, Placed, SlotDay, Stranger, Wanted } from './people'
import type { Row } from '../rows'

export const MOST = 10

/* What the price panel shows, of one order or of several. */
export type Sum = Pick<Price, 'own_pay' | 'parts' | 'pay_ways' | 'cancel_rule_text'> & { two: boolean; lines: { name: string; own_pay: number }[]; clashes: string[] }

const itemOf = (w: Wanted) => ({ offer: w.offer, quantity: w.quantity, gender_wish: w.gender_wish, slot: w.slot || undefined, carer_wish: w.carer_wish || undefined, note: w.note || undefined })
const whom = (person?: Person, stranger?: Stranger) =>
  person?.elder ? { elder: person.elder } : { ...stranger, for_compound: stranger?.for_compound || undefined, for_relation: stranger?.for_relation || undefined }

export function slotText(days: SlotDay[], id: string): string {
  for (const d of days) {
    const slot = d.slots.find((s) => s.id === id)
    if (slot) return `${dayNear(d.day)} ${clock(slot.start_min)}–${clock(slot.end_min)}`
  }
  return ''
}

export function useBasket(wanted: Ref<Wanted>, who: () => { person?: Person; stranger?: Stranger }) {
  const kept = ref<Wanted[]>([])
  const faults = ref<string[]>([]) /* of the kept items, by index */
  const fault = ref('')
  const sum = ref<Sum>()
  let key = newKey() /* one order or basket, however often it is sent */

  /* The one in the form counts as soon as it names a service. */
  const all = computed(() => (wanted.value.offer ? [...kept.value, wanted.value] : kept.value))

  async function reckon(): Promise<void> {
    const { person } = who()
    const [first] = all.value
    fault.value = ''
    if (!first) return void (sum.value = undefined)
    try {
      if (all.value.length === 1) {
        const one = await post<Price>('/api/order/price', { offer: first.offer, quantity: first.quantity, elder: person?.elder, slot: first.slot || undefined })
        sum.value = { ...one, two: one.carers === 2, lines: [], clashes: [] }
      } else {
        const made = await post<BasketPrice>('/api/order/basket/price', { elder: person?.elder, items: all.value.map(({ offer, quantity, slot }) => ({ offer, quantity, slot: slot || undefined })) })
        sum.value = {
          two: made.items.some((i) => i.carers === 2), own_pay: made.own_pay, pay_ways: made.pay_ways, cancel_rule_text: made.items[0]?.cancel_rule_text ?? '',
          parts: made.items.flatMap((i) => i.parts.filter((p) => p.payer !== 'own').map((p) => ({ ...p, payer_name: `${i.name} ${p.payer_name}` }))),
          lines: made.items.map((i) => ({ name: i.name, own_pay: i.own_pay })),
          clashes: made.clashes.map((c) => `${made.items[c.item]?.name ?? ''}：${c.text}`),
        }
      }
      const ways = sum.value.pay_ways ?? []
      if (!ways.some((w) => w.key === wanted.value.pay_way)) wanted.value.pay_way = ways[0]?.key ?? ''
    } catch (e) {
      fault.value = failureText(e)
    }
  }

  /* Each fault to its item; true when the one in the form has to be given another time. */
  function spread(f: Failure): boolean {
    faults.value = kept.value.map((_, n) => f.fields.filter((x) => x.field.startsWith(`items.${n}.`)).map((x) => x.message).join(' '))
    const rest = f.fields.filter((x) => !kept.value.some((_, n) => x.field.startsWith(`items.${n}.`)))
    fault.value = rest.map((x) => x.message).join(' ') || (faults.value.some(Boolean) ? t('call.basket_fault') : failureText(f))
    return f.fields.some((x) => x.field === `items.${kept.value.length}.slot`)
  }

  /* Undefined: it was refused, and why stands at the item or in `fault`. */
  async function send(): Promise<{ placed?: Placed; again?: boolean }> {
    const { person, stranger } = who()
    const w = wanted.value
    const common = { ...whom(person, stranger), pay_way: w.pay_way || undefined, password: w.password || undefined, channel: 'phone' }
    fault.value = ''
    faults.value = []
    try {
      if (all.value.length > 1) {
        const made = await post<BasketPlaced>('/api/order/basket', { ...common, items: all.value.map(itemOf) }, { key })
        return { placed: { number: made.basket, n: made.orders.length, open: `/list/care_order?basket=${made.basket}` } }
      }
      const answer = await post<{ order?: Row } & Row>('/api/order', { ...common, ...itemOf(all.value[0]!) }, { key })
      const order = answer.order ?? answer
      return { placed: { number: String(order.number ?? order.id), n: 1, open: `/list/care_order?open=${order.id}` } }
    } catch (e) {
      if (!(e instanceof Failure)) throw e
      if (e.kind !== 'offline' && e.kind !== 'busy') key = newKey()
      const gone = spread(e)
      return { again: gone || (e.kind === 'conflict' && !kept.value.length) }
    }
  }
  return { kept, faults, fault, sum, all, reckon, send }
}
