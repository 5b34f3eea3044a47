/* ask.ts - questions and short notices in the console's own words. */
import { Failure } from '@shared/api'
import { ElMessage, ElMessageBox } from 'element-plus'
import { t, type Key } from '../say'

export async function confirmAsk(title: string, text: string, yes: string, danger = false): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, {
      confirmButtonText: yes,
      cancelButtonText: t('cancel'),
      confirmButtonType: danger ? 'danger' : 'primary',
      closeOnClickModal: false,
    })
    return true
  } catch {
    return false
  }
}

export const confirmLeave = (): Promise<boolean> =>
  confirmAsk(t('leave.title'), t('leave.text'), t('leave.yes'), true)

/* What went wrong in a sentence for a person, whatever kind it was. */
export function failureText(e: unknown): string {
  const failure = e instanceof Failure ? e : new Failure('broken', 0)
  const faults = failure.fields.map((f) => f.message).join('；')
  return [failure.message || t(`failure.${failure.kind}` as Key), faults].filter(Boolean).join('：')
}

export const done = (text: string): void =>
  void ElMessage({ message: text, type: 'success', duration: 2500, grouping: true })
export const warn = (text: string): void =>
  void ElMessage({ message: text, type: 'warning', duration: 5000, showClose: true, grouping: true })
export const failed = (e: unknown): void =>
  void ElMessage({ message: failureText(e), type: 'error', duration: 8000, showClose: true, grouping: true })
