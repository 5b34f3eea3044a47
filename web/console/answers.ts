/*
 * answers.ts - the console's names for what the server answers. The shapes are made from the server's
 * own document (tools/types.mjs): a field that it drops breaks the screen that reads it.
 */
import type * as Made from '@shared/answers'
import type { Sure } from '@shared/types'

type Of<T> = NonNullable<T>
type One<T> = Of<T> extends (infer U)[] ? U : never

/* --- what waits --- */
export type TodoKind = Required<One<Made.Todo['kinds']>>
export type TodoRow = Omit<Sure<One<Made.Todo['items']>, 'kind' | 'entity' | 'id' | 'title' | 'when' | 'weight' | 'day_only' | 'mine' | 'version'>, 'actions' | 'parts'>
  & { parts: One<One<Made.Todo['items']>['parts']>[]; actions: Required<One<One<Made.Todo['items']>['actions']>>[] }
export type TodoCounts = Sure<Made.TodoCounts, 'as_of' | 'total' | 'late' | 'today' | 'count_max' | 'cut'>
export type Todo = TodoCounts & { kinds: TodoKind[]; items: TodoRow[] }
export type { Colleagues } from '@shared/answers'

/* --- figures --- */
export type FigurePart = Sure<One<One<Made.Today['figures']>['parts']>, 'key' | 'name' | 'value'>
export type Figure = Omit<Sure<One<Made.Today['figures']>, 'key' | 'name' | 'definition' | 'state'>, 'parts'> & { parts?: FigurePart[] }
export type Today = Omit<Sure<Made.Today, 'as_of'>, 'figures'> & { figures: Figure[] }
export type Domain = Sure<One<Made.Domains['domains']>, 'domain' | 'name' | 'offers' | 'orders' | 'served'>
export type Domains = Omit<Sure<Made.Domains, 'as_of' | 'definition'>, 'domains'> & { domains: Domain[] }
export type Fresh = Sure<One<Made.Freshness['divisions']>, 'division' | 'name' | 'places' | 'overdue' | 'never' | 'list'>
export type Freshness = Omit<Sure<Made.Freshness, 'as_of' | 'definition'>, 'divisions'> & { divisions: Fresh[] }

/* --- the call desk, the station --- */
export type Caller = Made.Callers['people'][number]
type Days = One<Made.Slots['days']>
export type Slot = Sure<One<Days['slots']>, 'id' | 'start_min' | 'end_min' | 'left'>
export type SlotDay = Omit<Sure<Days, 'day'>, 'slots'> & { slots: Slot[] }
export type { BasketPlaced, BasketPrice, MenuDays, Moves, Price, StationDay } from '@shared/answers'

/* --- lists and files --- */
export type BulkDone = Made.BulkDone
export type BulkResult = BulkDone['results'][number]
export type FormKind = Made.FormKinds['items'][number]
export type { FormTried } from '@shared/answers'
export type ImportKind = Made.ImportKinds['items'][number]
export type FileRow = One<Made.ImportPage['rows']>
export type PreviewRow = One<Made.ImportPage['preview']>
export type PreviewCell = PreviewRow['cells'][number]
export type { ImportPage } from '@shared/answers'

/* --- people and where they live --- */
export type Coming = Made.Birthdays['items'][number]
export type Birthday = Omit<Coming, 'elder' | 'name' | 'home'>
export type HouseholdCheck = Made.HouseholdChecks['items'][number]
export type Proof = Made.Proofs['items'][number]
export type Unmatched = Made.Unmatched['items'][number]
export type Candidate = Unmatched['candidates'][number]
export type WorkList = Made.Unmatched
export type { Birthdays, HouseholdChecks, Proofs, Walk } from '@shared/answers'

/* --- rules and days --- */
export type ParameterName = Made.ParameterNames['names'][number]
export type ParameterColumn = Made.ParameterVersions['columns'][number]
export type { ParameterNames, ParameterVersions, Deadline, Year } from '@shared/answers'
export type Mark = Made.Year['days'][number]
export type Counted = Made.Deadline['counted'][number]
