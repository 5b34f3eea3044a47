/* format.ts - days, hours, money and distance as people read them; China has one time zone. */
import { lang } from './i18n'
import type { Day, Fen, Moment } from './types'

const zhDays = ['周日', '周一', '周二', '周三', '周四', '周五', '周六']
const enDays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const enMonths = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const EIGHT_HOURS_MS = 8 * 3600 * 1000

const two = (n: number) => String(n).padStart(2, '0')
const en = () => lang.value === 'en'

interface Parts { y: number; m: number; d: number; w: number; h: number; min: number }

/* A moment in China's time, whatever the phone's zone. */
function partsOf(at: Moment | number): Parts {
  const t = new Date((typeof at === 'number' ? at : Date.parse(at)) + EIGHT_HOURS_MS)
  return { y: t.getUTCFullYear(), m: t.getUTCMonth() + 1, d: t.getUTCDate(), w: t.getUTCDay(),
    h: t.getUTCHours(), min: t.getUTCMinutes() }
}

const noon = (day: Day) => `${day}T12:00:00+08:00`

export function today(now = Date.now()): Day {
  const p = partsOf(now)
  return `${p.y}-${two(p.m)}-${two(p.d)}`
}

/* Whole days from today: 0 today, 1 tomorrow, -1 yesterday. */
export function daysAway(day: Day, now = Date.now()): number {
  return Math.round((Date.parse(noon(day)) - Date.parse(noon(today(now)))) / 86400000)
}

export const dayAfter = (day: Day, n: number): Day => new Date(Date.parse(`${day}T00:00:00Z`) + n * 86400000).toISOString().slice(0, 10)

export function weekday(day: Day): string {
  return (en() ? enDays : zhDays)[partsOf(noon(day)).w] ?? ''
}

/* 2026年11月21日 周六, without the year when it is this one and `short`. */
export function dayText(day: Day, short = false): string {
  const p = partsOf(noon(day))
  const here = short && p.y === partsOf(Date.now()).y
  if (en()) return `${weekday(day)} ${p.d} ${enMonths[p.m - 1]}${here ? '' : ` ${p.y}`}`
  return `${here ? '' : `${p.y}年`}${p.m}月${p.d}日 ${weekday(day)}`
}

/* 11月25日 */
export function monthDay(day: Day): string {
  const p = partsOf(noon(day))
  return en() ? `${p.d} ${enMonths[p.m - 1]}` : `${p.m}月${p.d}日`
}

/* 今天, 明天, 后天, else the short day. */
export function dayNear(day: Day): string {
  const names = en() ? ['Today', 'Tomorrow'] : ['今天', '明天', '后天']
  return names[daysAway(day)] ?? dayText(day, true)
}

export function clock(min: number): string {
  return `${two(Math.floor(min / 60))}:${two(min % 60)}`
}

/* 11:00–12:30; what has no length, such as a meal at the counter, is a moment: 11:00. */
export function span(start: number, end: number): string {
  return end - start <= 1 ? clock(start) : `${clock(start)}–${clock(end)}`
}

/* 2026年11月21日 周六 14:30 */
export function momentText(at: Moment, short = false): string {
  const p = partsOf(at)
  return `${dayText(`${p.y}-${two(p.m)}-${two(p.d)}`, short)} ${two(p.h)}:${two(p.min)}`
}

/* 5 分钟前, 3 小时前, then the moment itself. */
export function agoText(at: Moment, now = Date.now()): string {
  const min = Math.floor((now - Date.parse(at)) / 60000)
  if (min < 1) return en() ? 'just now' : '刚刚'
  if (min < 60) return en() ? `${min} min ago` : `${min} 分钟前`
  if (min < 1440) return en() ? `${Math.floor(min / 60)} h ago` : `${Math.floor(min / 60)} 小时前`
  return momentText(at, true)
}

/* ¥1,234.50; when `plain`, whole yuan without the cents and nothing as 免费. */
export function money(fen: Fen, plain = false): string {
  if (plain && fen === 0) return en() ? 'free' : '免费'
  const sign = fen < 0 ? '-' : ''
  const yuan = Math.floor(Math.abs(fen) / 100)
  const cents = Math.abs(fen) % 100
  const whole = String(yuan).replace(/\B(?=(\d{3})+$)/g, ',')
  return `${sign}¥${whole}${plain && cents === 0 ? '' : `.${two(cents)}`}`
}

/* Walking time first: 步行 6 分钟 · 420 米. */
export function walk(seconds: number, metres: number, driven = false): string {
  const min = Math.max(1, Math.ceil(seconds / 60))
  const far = metres >= 1000 ? `${(metres / 1000).toFixed(1)} ${en() ? 'km' : '公里'}`
    : `${Math.round(metres / 10) * 10} ${en() ? 'm' : '米'}`
  if (driven) return en() ? `${min} min by car · about ${far}` : `开车 ${min} 分钟 · 约 ${far}`
  return en() ? `${min} min walk · ${far}` : `步行 ${min} 分钟 · ${far}`
}

export const telHref = (number: string) => `tel:${number.replace(/[^\d+]/g, '')}`

/* 100 1234 5678: easier to read out. */
export function phoneText(number: string): string {
  return /^\d{11}$/.test(number) ? number.replace(/^(\d{3})(\d{4})(\d{4})$/, '$1 $2 $3') : number
}
