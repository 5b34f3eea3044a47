/* figure.ts - one figure's number as it is shown, on its card and wherever else it stands. */
import type { Figure } from '../answers'
import { count } from '../format'

/* A share of nobody is no number. */
export const figureText = (f: Figure): string =>
  f.whole === 0 || f.value === undefined || f.value === null ? '—' : Number.isInteger(f.value) ? count(f.value) : f.value.toFixed(1)
