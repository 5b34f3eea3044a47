/* shelf.ts - a drawer of the phone that survives a reload; in memory where the browser refuses one. */
const NAME = 'yike-carer'
const SHELF = 'queue'
const memory = new Map<string, unknown>()

function opened(): Promise<IDBDatabase | null> {
  return new Promise(done => {
    try {
      const ask = indexedDB.open(NAME, 1)
      ask.onupgradeneeded = () => ask.result.createObjectStore(SHELF)
      ask.onsuccess = () => done(ask.result)
      ask.onerror = () => done(null)
    } catch { done(null) }
  })
}

async function use<T>(mode: IDBTransactionMode, work: (s: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const db = await opened()
  if (!db) return undefined
  return new Promise(done => {
    const ask = work(db.transaction(SHELF, mode).objectStore(SHELF))
    ask.onsuccess = () => { db.close(); done(ask.result) }
    ask.onerror = () => { db.close(); done(undefined) }
  })
}

export async function put(key: string, value: unknown): Promise<void> {
  memory.set(key, value)
  await use('readwrite', s => s.put(value, key))
}

export async function drop(key: string): Promise<void> {
  memory.delete(key)
  await use('readwrite', s => s.delete(key))
}

export async function all<T>(): Promise<T[]> {
  return (await use<T[]>('readonly', s => s.getAll())) ?? [...memory.values()] as T[]
}
