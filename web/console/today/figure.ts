/* figure.ts - one figure of today's page. */
export interface Figure {
  key: string
  name: string
  definition: string
  value: number | null
  unit?: string
  compare?: string | number | null
  state: 'good' | 'watch' | 'bad'
  list?: string
  as_of?: string | null
  parts?: FigurePart[]
}

export interface FigurePart { key: string; name: string; value: number; list?: string }
