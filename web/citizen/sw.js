/*
 * sw.js - the phone's own store: the shell, and the last answers to "what is near". Nothing about a
 * person is kept: only public questions, and only while the network fails are they answered from here.
 */
const SHELL = 'yike-shell-__VERSION__'
const ANSWERS = 'yike-answers-1'
const FILES = __FILES__
const PUBLIC = /^\/api\/(near|where|catalogue|search|circle|route|place\/\d+\/page)$/
const ANSWERS_MAX = 60

self.addEventListener('install', e => {
  e.waitUntil(caches.open(SHELL).then(c => c.addAll(FILES)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', e => {
  const old = keys => keys.filter(k => k.startsWith('yike-') && k !== SHELL && k !== ANSWERS)
  e.waitUntil(caches.keys().then(keys => Promise.all(old(keys).map(k => caches.delete(k))))
    .then(() => self.clients.claim()))
})

async function keep(request, answer) {
  const cache = await caches.open(ANSWERS)
  const head = new Headers(answer.headers)
  head.set('X-Yike-Kept', new Date().toISOString())
  await cache.put(request, new Response(await answer.blob(), { status: 200, headers: head }))
  const keys = await cache.keys()
  await Promise.all(keys.slice(0, Math.max(0, keys.length - ANSWERS_MAX)).map(k => cache.delete(k)))
}

async function fromNetwork(e, request) {
  try {
    const answer = await fetch(request)
    if (answer.ok) e.waitUntil(keep(request, answer.clone()))
    return answer
  } catch (fault) {
    const kept = await (await caches.open(ANSWERS)).match(request, { ignoreVary: true })
    if (kept) return kept
    throw fault
  }
}

async function page(request) {
  try { return await fetch(request) } catch (fault) {
    const kept = await caches.match('/', { cacheName: SHELL })
    if (kept) return kept
    throw fault
  }
}

async function asset(e, request) {
  const kept = await caches.match(request)
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok) {
    const copy = answer.clone()
    e.waitUntil(caches.open(SHELL).then(c => c.put(request, copy)))
  }
  return answer
}

self.addEventListener('fetch', e => {
  const url = new URL(e.request.url)
  if (e.request.method !== 'GET' || url.origin !== location.origin) return
  if (/^\/(console|carer)(\/|$)/.test(url.pathname)) return
  if (e.request.mode === 'navigate') e.respondWith(page(e.request))
  else if (PUBLIC.test(url.pathname)) e.respondWith(fromNetwork(e, e.request))
  else if (url.pathname.startsWith('/assets/')) e.respondWith(asset(e, e.request))
})
