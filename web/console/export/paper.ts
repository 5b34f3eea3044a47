/* paper.ts - which of the house's own A4 forms are printed row by row, of which list. */
import { may } from '../use/session'

export const PAPERS: Record<string, ('confirmation' | 'card' | 'elder' | 'diner_card')[]> = { elder: ['card', 'elder'], care_order: ['confirmation'], diner_card: ['diner_card'] }

/* Their own forms can be of any list that goes out. */
export const mayPrint = (entity: string): boolean => may('MAY_EXPORT') || (may('MAY_UNMASK') && entity in PAPERS)
