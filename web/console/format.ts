/* format.ts - what the console's dense tables need beyond the shared forms of days and money. */
import { daysAway } from '@shared/format'
import { t } from './say'

export { dayAfter as addDays } from '@shared/format'

/* 2026-11-21 14:30, for columns. Moments come with +08:00, so the text already is China's clock. */
export function shortMoment(at: string): string {
  return at.length >= 16 ? `${at.slice(0, 10)} ${at.slice(11, 16)}` : at
}

/* "08:30", "830" or "0830" as minutes of the day. */
export function clockRead(s: string): number | undefined {
  const m = /^(\d{1,2})[:：]?(\d{2})$/.exec(s.trim())
  if (!m) return undefined
  const minute = Number(m[1]) * 60 + Number(m[2])
  return Number(m[2]) < 60 && minute <= 1440 ? minute : undefined
}

export const count = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ',')

/* Totals are exact to 10,000. */
export const totalText = (n: number): string => (n > 10_000 ? '10,000+' : count(n))

const WATCH_DAYS = 60
const BAD_DAYS = 15

/* "还有 2 天到期", "已过期 3 天"; null when it is further off than anybody must think of. */
export function expiry(day: string): { text: string; tone: 'bad' | 'watch' } | null {
  const left = daysAway(day)
  if (Number.isNaN(left) || left > WATCH_DAYS) return null
  if (left < 0) return { text: t('expiry.past', { n: -left }), tone: 'bad' }
  if (left === 0) return { text: t('expiry.today'), tone: 'bad' }
  return { text: t('expiry.left', { n: left }), tone: left <= BAD_DAYS ? 'bad' : 'watch' }
}
