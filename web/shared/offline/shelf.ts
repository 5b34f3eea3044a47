/* shelf.ts - drawers of the phone that survive a reload; in memory where the browser refuses them. */
const NAME = 'yike-carer'
export type Drawer = 'vault' | 'sealed'
const DRAWERS: Drawer[] = ['vault', 'sealed']
const OLD = 'queue'                                   /* unsealed, of earlier releases: thrown away */
const memory: Record<Drawer, Map<string, unknown>> = { vault: new Map(), sealed: new Map() }

function opened(): Promise<IDBDatabase | null> {
  return new Promise(done => {
    try {
      const ask = indexedDB.open(NAME, 2)
      ask.onupgradeneeded = () => {
        if (ask.result.objectStoreNames.contains(OLD)) ask.result.deleteObjectStore(OLD)
        for (const d of DRAWERS) if (!ask.result.objectStoreNames.contains(d)) ask.result.createObjectStore(d)
      }
      ask.onsuccess = () => done(ask.result)
      ask.onerror = () => done(null)
    } catch { done(null) }
  })
}

/* Done when the transaction is: what was written down stays, also when the battery dies now. */
async function use<T>(drawer: Drawer, mode: IDBTransactionMode, work: (s: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  const db = await opened()
  if (!db) return undefined
  return new Promise(done => {
    const deal = db.transaction(drawer, mode)
    const ask = work(deal.objectStore(drawer))
    deal.oncomplete = () => { db.close(); done(ask.result) }
    deal.onabort = deal.onerror = () => { db.close(); done(undefined) }
  })
}

export async function put(drawer: Drawer, key: string, value: unknown): Promise<void> {
  memory[drawer].set(key, value)
  await use(drawer, 'readwrite', s => s.put(value, key))
}

export async function drop(drawer: Drawer, key: string): Promise<void> {
  memory[drawer].delete(key)
  await use(drawer, 'readwrite', s => s.delete(key))
}

export async function all<T>(drawer: Drawer): Promise<T[]> {
  return (await use<T[]>(drawer, 'readonly', s => s.getAll())) ?? [...memory[drawer].values()] as T[]
}

export async function one<T>(drawer: Drawer, key: string): Promise<T | undefined> {
  return (await use<T>(drawer, 'readonly', s => s.get(key))) ?? memory[drawer].get(key) as T | undefined
}
