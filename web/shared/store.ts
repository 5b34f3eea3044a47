/* store.ts - what this browser remembers; private windows may refuse, then it lasts as long as the page. */
const inMemory = new Map<string, string>()

export function remember(name: string, value: unknown): void {
  const text = JSON.stringify(value)
  inMemory.set(name, text)
  try { localStorage.setItem(`yike.${name}`, text) } catch { /* kept in memory */ }
}

export function remembered<T>(name: string, otherwise: T): T {
  let text: string | null | undefined
  try { text = localStorage.getItem(`yike.${name}`) } catch { text = null }
  text = text ?? inMemory.get(name)
  if (!text) return otherwise
  try { return JSON.parse(text) as T } catch { return otherwise }
}

export function forget(name: string): void {
  inMemory.delete(name)
  try { localStorage.removeItem(`yike.${name}`) } catch { /* it was in memory */ }
}
