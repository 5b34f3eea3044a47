/* address.ts - an address that leads nowhere, and what may be meant. */
import type { Candidate, Unmatched } from '../answers'

export type { Candidate, Unmatched, WorkList } from '../answers'

/* The address in three parts, so that the words nobody knows can be marked. */
export function marked(item: Unmatched): [string, string, string] {
  const at = item.unknown ? item.address.indexOf(item.unknown) : -1
  if (at < 0) return [item.address, '', '']
  return [item.address.slice(0, at), item.unknown, item.address.slice(at + item.unknown.length)]
}

/* Where a candidate is, as one line: 柳荫里 12号楼 3单元. */
export const placeOf = (c: Candidate): string => [c.compound_title, c.building, c.entrance].filter(Boolean).join(' ')
