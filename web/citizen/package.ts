/* package.ts - a package's items and sums, as the citizen's face says them. */
import { money } from '@shared/format'
import type { Pack, PackItem } from '@shared/package'
import { t } from './texts'

/* "每周 2 次，每次自付 ¥10" */
export const itemWords = (i: PackItem): string =>
  `${t('package.times', { period: i.period_name, n: i.times })}，${i.own_price ? t('package.each', { money: money(i.own_price) }) : t('package.free')}${i.after ? `，${i.after}` : ''}`

export const sums = (p: Pack): string[] => [
  ...(p.own_week ? [t('package.sum_week', { money: money(p.own_week) })] : []),
  ...(p.own_month ? [t('package.sum_month', { money: money(p.own_month) })] : []),
]
