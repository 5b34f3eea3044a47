/* birthday.ts - a birthday to come, as the server answers it. */
import type { Birthday } from '../answers'
import { t } from '../say'

export type { Birthday } from '../answers'

export const nearText = (b: Birthday): string => (b.in_days === 0 ? t('birthday.today') : b.in_days === 1 ? t('birthday.tomorrow') : t('birthday.in_days', { n: b.in_days }))
