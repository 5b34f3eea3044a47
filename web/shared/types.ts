/*
 * types.ts - the answers the faces read. Written by hand until `npm run types` makes them from the
 * server's own document; kept in this one file so that it can be replaced as a whole.
 * Conventions: ids are strings, money is integer fen, moments RFC 3339, days "2026-11-21".
 */
export type Id = string
export type Fen = number
export type Moment = string
export type Day = string

/* Members that are there in every answer to the questions we ask, though not to every question. */
export type Sure<T, K extends keyof T> = T & { [k in K]-?: NonNullable<T[k]> }
/* A member whose words we know one by one. */
export type Worded<T, K extends keyof T, W> = Omit<T, K> & { [k in K]: W }

export interface FieldFault { field: string; message: string; key?: string }

export interface Problem {
  type?: string
  title: string
  status: number
  detail?: string
  fields?: FieldFault[]
  current?: unknown
}

/* A step of a work-flow that this person may take now. */
export interface Action {
  name: string
  label: string
  takes?: string[]
  reason?: boolean
  danger?: boolean
}

export interface Row { id: Id; version: number; actions?: Action[] }
export interface Page<T> { items: T[]; next?: string; total?: number }

export interface Role { grant: Id; role: string; name: string; org_title?: string; area?: string }

export interface Session {
  account?: Id
  name?: string
  role?: string
  role_name?: string
  rights?: string[]
  org?: Id
  org_title?: string
  carer?: Id
  csrf: string
  idle_min?: number
  need_totp?: boolean
  enrol_totp?: boolean
  roles?: Role[]
}

export interface Choice { key: string; label: string }
