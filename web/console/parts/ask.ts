/* ask.ts - questions and short notices in the console's own words. */
import { ElMessage, ElMessageBox } from 'element-plus'
import { t } from '../say'
import { failureText } from './failure'

export async function confirmAsk(title: string, text: string, yes: string, danger = false): Promise<boolean> {
  try {
    await ElMessageBox.confirm(text, title, {
      confirmButtonText: yes,
      cancelButtonText: t('cancel'),
      confirmButtonClass: danger ? 'el-button--danger' : '',
      closeOnClickModal: false,
    })
    return true
  } catch {
    return false
  }
}

export const confirmLeave = (): Promise<boolean> =>
  confirmAsk(t('leave.title'), t('leave.text'), t('leave.yes'), true)

export const done = (text: string): void =>
  void ElMessage({ message: text, type: 'success', duration: 2500, grouping: true })
export const warn = (text: string): void =>
  void ElMessage({ message: text, type: 'warning', duration: 5000, showClose: true, grouping: true })
export const failed = (e: unknown): void =>
  void ElMessage({ message: failureText(e), type: 'error', duration: 8000, showClose: true, grouping: true })
