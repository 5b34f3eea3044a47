/*
 * sw.js - the carer's shell, kept so that the page opens without a network. Nothing about a person is
 * kept here: her day lies sealed in the page's own store. When the network is back it wakes the page.
 */
const SHELL = 'carer-shell-__VERSION__'
const FILES = __FILES__

self.addEventListener('install', e => {
  e.waitUntil(caches.open(SHELL).then(c => c.addAll(FILES)).then(() => self.skipWaiting()))
})

self.addEventListener('activate', e => {
  const old = keys => keys.filter(k => k.startsWith('carer-shell-') && k !== SHELL)
  e.waitUntil(caches.keys().then(keys => Promise.all(old(keys).map(k => caches.delete(k))))
    .then(() => self.clients.claim()))
})

self.addEventListener('sync', e => {
  if (e.tag === 'carer-send')
    e.waitUntil(self.clients.matchAll().then(all => all.forEach(c => c.postMessage('send'))))
})

async function page(request) {
  try { return await fetch(request) } catch (fault) {
    const kept = await caches.match('/carer/', { cacheName: SHELL })
    if (kept) return kept
    throw fault
  }
}

async function asset(request) {
  return await caches.match(request, { cacheName: SHELL }) || fetch(request)
}

self.addEventListener('fetch', e => {
  const url = new URL(e.request.url)
  if (e.request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith('/carer')) return
  e.respondWith(e.request.mode === 'navigate' ? page(e.request) : asset(e.request))
})
