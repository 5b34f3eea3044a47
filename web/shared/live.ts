/*
 * live.ts - what changed, as the server tells it: one event stream for all tabs of this browser.
 * The tab that holds the lock keeps the stream and hands every event on; when it closes, the next
 * one takes over. Without BroadcastChannel or locks each tab keeps its own.
 */
export interface Change { seq: number; entity: string; id: string; what: string }
type Listener = (change: Change) => void

const listeners = new Set<Listener>()
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('yike.live')
let started = false
const AGAIN_MS = 20_000

function tell(change: Change) {
  for (const listener of listeners) listener(change)
}

function stream() {
  const source = new EventSource('/api/events')
  const read = (e: MessageEvent) => {
    const change = JSON.parse(e.data) as Change
    tell(change)
    channel?.postMessage(change)
  }
  source.addEventListener('change', read)
  source.onmessage = read
  /* Refused (too many streams, signed out) is final to the browser: ask again later. */
  source.onerror = () => { if (source.readyState === EventSource.CLOSED) setTimeout(stream, AGAIN_MS) }
}

function start() {
  started = true
  if (channel) channel.onmessage = e => tell(e.data as Change)
  if (channel && navigator.locks)
    void navigator.locks.request('yike.live', () => { stream(); return new Promise(() => undefined) })
  else stream()
}

/* Calls back on every change until the answer is called. */
export function onChange(listener: Listener): () => void {
  listeners.add(listener)
  if (!started) start()
  return () => listeners.delete(listener)
}
