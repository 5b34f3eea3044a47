/* shut.ts - closed today or at this hour, in the words that lists and maps share. */
import { t } from './texts'

export const shutText = (open: string): string | undefined =>
  open === 'closed_today' ? t('open.closed_today') : open === 'closed' ? t('open.closed') : undefined
