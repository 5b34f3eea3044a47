/* elsewhere.ts - steps of a row that are taken on another page: a list's rows come as a file, an
   answer is a list of its own. */
import { textOf, type Row } from '../rows'
import { t } from '../say'
import { may } from '../use/session'

interface Elsewhere { entity: string; state?: string; may: string; to: (row: Row) => string; text: Parameters<typeof t>[0] }

const STEPS: Elsewhere[] = [
  { entity: 'office_list', may: 'MAY_IMPORT', to: (row) => `/import?what=office_entry&list=${row.id}`, text: 'office.take_rows' },
  { entity: 'comparison', state: 'sent', may: 'MAY_IMPORT', to: () => '/list/office_list?open=new', text: 'office.answer' },
]

/* Those that the person may take now, of a row whose state stands in that field. */
export const elsewhere = (entity: string, row: Row, stateField: string): { to: string; text: string }[] =>
  STEPS.filter((s) => s.entity === entity && may(s.may) && (!s.state || s.state === textOf(row, stateField)))
    .map((s) => ({ to: s.to(row), text: t(s.text) }))
