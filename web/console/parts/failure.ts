/* failure.ts - what went wrong, in a sentence for a person. */
import { failureOf } from '@shared/api'
import { t, type Key } from '../say'

export function failureText(e: unknown): string {
  const failure = failureOf(e)
  const faults = failure.fields.map((f) => f.message).join('；')
  return [failure.message || t(`failure.${failure.kind}` as Key), faults].filter(Boolean).join('：')
}
