/* rows.ts - a row of any entity as the server answers it. */
export interface ActionOffer { name: string; label?: string; takes?: unknown[]; reason?: boolean; danger?: boolean }

export interface Row {
  id: string
  version?: number
  scope?: string
  created_at?: string
  ended_at?: string
  actions?: ActionOffer[]
  [name: string]: unknown
}

/* Members of hand-made screens are read by name; a missing one is an empty text or zero. */
export const textOf = (row: Row | undefined, name: string): string => {
  const value = row?.[name]
  return value === undefined || value === null ? '' : String(value)
}
export const numberOf = (row: Row | undefined, name: string): number => Number(row?.[name] ?? 0)

/* The title of a link, else its id. */
export const linkText = (row: Row | undefined, name: string): string =>
  textOf(row, `${name}_title`) || textOf(row, name)

export const offers = (row: Row | undefined, action: string): boolean =>
  row?.actions?.some((a) => a.name === action) ?? false
