/* birthday.ts - a birthday to come, as the server answers it. */
import { t } from '../say'

export interface Birthday { birth: string; by: string; by_name: string; next: string; in_days: number; turns: number; milestone: number; born_in_leap: boolean; lunar?: string }

export const nearText = (b: Birthday): string => (b.in_days === 0 ? t('birthday.today') : b.in_days === 1 ? t('birthday.tomorrow') : t('birthday.in_days', { n: b.in_days }))
