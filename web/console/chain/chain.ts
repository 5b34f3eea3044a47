/* chain.ts - what a pasted chain was read as. */
export interface Somebody { id: string; name: string; door: string; age?: number }
export interface Line {
  text: string; number: number; name: string; sure: 'red' | 'yellow' | 'green'; why: string; why_text: string; off: boolean; changed: boolean
  elder?: Somebody; candidates: Somebody[]; quantity: number; way: string; sitting: string; asks: string[]; diff: string; care_order?: string
  confirmed?: boolean /* here, by hand */
}
export interface Read { lines: Line[]; left_out: string[]; gone: { care_order: string; elder?: Somebody }[]; green: number; yellow: number; red: number; more: boolean }
export interface Sent { results: { elder: string; result: string; care_order?: string; message?: string }[]; called_off: string[] }

/* A line that goes out: somebody sure, or confirmed by hand. */
export const ready = (l: Line): boolean => Boolean(l.elder) && (l.sure === 'green' || Boolean(l.confirmed))
