/* listed.ts - a workbook that a POST answers with: asked for once, kept as a file by the browser. */
import { Failure, headersOf, kindOf, newKey } from '@shared/api'
import type { Problem } from '@shared/types'

async function answerOf(path: string, head: Record<string, string>, body: unknown): Promise<Response> {
  try {
    return await fetch(path, { method: 'POST', headers: head, credentials: 'same-origin', body: JSON.stringify(body) })
  } catch {
    throw new Failure('offline', 0)
  }
}

export async function listTake(path: string, name: string, body: unknown = {}): Promise<void> {
  const answer = await answerOf(path, await headersOf('POST', { body }, newKey()), body)
  if (!answer.ok) throw new Failure(kindOf(answer.status), answer.status, (await answer.json().catch(() => undefined)) as Problem | undefined)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
