/*
 * server.mjs - answers like the real server, for drawing the faces only; never shipped.
 * node mock/server.mjs [port]: serves dist/ under the strict policy, packed, and the answers.
 * ?mock=slow|fail|empty in a page's address is passed on by the Referer and shows that state.
 */
import { createServer } from 'node:http'
import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { extname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as d from './data.mjs'

const dist = resolve(fileURLToPath(import.meta.url), '../../dist')
const types = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.png': 'image/png' }
const policy = "default-src 'self'; style-src 'self'; img-src 'self' data: blob:"
const paces = { standard: ['一般步速', 1.2], elder: ['老年人步速', 0.8], frail: ['慢走', 0.6], wheelchair: ['轮椅', 0.8] }
let who = null
const orders = [d.order('103', 'assigned'), d.order('102', 'served', { day: '2026-11-20' }), d.order('101', 'cancelled', { day: '2026-11-18' })]
const seen = new Map()

function near(q) {
  const [profile_name, speed] = paces[q.profile ?? 'elder'] ?? paces.elder
  const items = d.places.filter(p => !q.door || q.door === 'all' || p.door === q.door)
    .filter(p => !q.kind || p.kind === q.kind).filter(p => !q.open || p.open.startsWith('open') || p.open === 'closing')
    .map(p => ({ ...p, seconds: Math.round(p.metres / speed) })).sort((a, b) => a.seconds - b.seconds)
    .filter(p => p.seconds <= (q.minutes ?? 15) * 60)
    .map(p => ({ ...p, minutes_text: `步行 ${Math.max(1, Math.round(p.seconds / 60))} 分钟 · ${p.metres} 米` }))
  return { profile: q.profile ?? 'elder', profile_name, speed, minutes: Number(q.minutes ?? 15), home: { ...d.base, name: '柳荫里小区', snapped: true }, as_of: '2026-11-21T22:40:00+08:00', total: items.length, items: items.slice(0, q.limit ?? 20), unreached: 1 }
}

function page(id) {
  const place = d.places.find(p => p.id === id)
  if (!place) return null
  return { kind_name: place.kind_name, open: place.open, open_text: place.open_text, place: { ...place, version: 2, hours: 'Mo-Fr 08:00-17:00; Sa 09:00-12:00; PH off', capacity: 40, accessible: ['ramp', 'toilet'], beds_total: place.beds_free === undefined ? 0 : 120, beds_at: '2026-11-20T18:00:00+08:00', levels: ['mild', 'moderate', 'severe'], price_low: 380000, price_high: 720000, medical: 'cooperates', founded: 'public', operated: 'entrusted', rating_scheme: 'national', rating_until: '2027-12-31', verified_by: '柳荫街道', duty_phone: place.duty_phone || undefined },
    org: { id: place.org, name: place.org_name, uscc: '99110105MA00000000', phone: place.phone, description: '公建民营，2019 年开业，服务柳荫街道四个社区。' },
    papers: [{ id: '1', kind: 'filing', kind_name: '养老机构备案', number: '备 2019-014', issued_by: '安澜区民政局', valid_to: '2027-06-30' }, { id: '2', kind: 'food', kind_name: '食品经营许可证', number: '许 99-2023-771', issued_by: '安澜区市场监管局', valid_to: '2026-12-08' }, { id: '3', kind: 'fire', kind_name: '消防', number: '消 2022-08', issued_by: '安澜区消防救援大队', valid_to: '2026-10-01' }],
    fees: place.kind === 'institution' ? [{ id: '1', name: '床位费（双人间）', unit: 'month', price: 180000 }, { id: '2', name: '护理费（中度）', unit: 'month', price: 150000 }, { id: '3', name: '膳食费', unit: 'month', price: 90000 }] : [],
    offers: place.offers.map(o => ({ ...o, ...(d.offers[o.id] ?? {}) })),
    rating: { n: 136, mean: 4.8, latest: [{ stars: 5, words: '小李很细心，水温试了好几遍。', day: '2026-11-18', reply: '谢谢王阿姨，我们会继续用心。' }, { stars: 4, words: '来晚了十分钟，不过提前打了电话。', day: '2026-11-11' }] },
    carers: [{ id: '7', name: '李*兰', gender: 'female', skills: ['bath', 'clean'] }], notices: [] }
}

function slots(from, days) {
  return { days: Array.from({ length: Number(days ?? 7) }, (_, i) => {
    const day = new Date(Date.parse(from ?? '2026-11-22') + i * 86400000).toISOString().slice(0, 10)
    const rest = i % 7 === 0
    return { day, weekday: '', name: rest ? '休息' : '', slots: rest ? [] : [8, 9, 10, 14, 15, 16].map((h, k) => ({ id: `${i}${k}`, start_min: h * 60, end_min: h * 60 + 60, left: (i + k) % 4 === 0 ? 0 : (k % 3) + 1, text: `${String(h).padStart(2, '0')}:00–${String(h + 1).padStart(2, '0')}:00` })) }
  }) }
}

const session = () => who ? { account: '1', name: '王小梅', role: 'family', role_name: '家属', rights: [], csrf: 'mock', idle_min: 30, carer: '7' } : { csrf: 'mock' }
const fail = (status, title, fields) => ({ status, body: { type: 'about:blank', title, status, fields } })
const ok = body => ({ status: 200, body })

const table = [
  ['GET /api/session', () => ok(session())],
  ['POST /api/session/code', (q, b) => /^1\d{10}$/.test(b.phone ?? '') ? ok({}) : fail(422, '手机号不对', [{ field: 'phone', message: '请填 11 位手机号' }])],
  ['POST /api/session/phone', (q, b) => b.code === '123456' ? (who = 1, ok(session())) : fail(422, '验证码不对', [{ field: 'code', message: '验证码不对，请看最新一条短信' }])],
  ['POST /api/session', () => (who = 1, ok({ need_totp: false }))],
  ['DELETE /api/session', () => (who = null, ok({}))],
  ['GET /api/where', q => ok({ items: d.wheres.filter(w => w.name.includes(q.q) || w.keys.includes((q.q ?? '').toLowerCase())).slice(0, 8) })],
  ['GET /api/near', q => ok(near(q))],
  ['GET /api/catalogue', () => ok(d.catalogue)],
  ['GET /api/search', q => ok({ groups: (q.q ?? '').includes('zzz') ? [] : [{ kind: 'service', items: [{ id: '1', title: '上门洗澡', sub: '助浴 · 每次 110 元起', href: '/near?item=1' }] }, { kind: 'place', items: [{ id: '101', title: '柳荫街道养老服务驿站', sub: '柳荫路 12 号院', href: '/place/101' }] }] })],
  ['GET /api/place/:id/page', (q, b, p) => { const x = page(p[0]); return x ? ok(x) : fail(404, '没有这个地方') }],
  ['GET /api/route', () => ok({ seconds: 525, metres: 420, profile: 'elder', steps: [{ text: '从柳荫里小区南门出发', metres: 0, seconds: 0 }, { text: '沿柳荫路向东走', metres: 310, seconds: 388 }, { text: '右转进入柳荫路 12 号院', metres: 110, seconds: 137 }], geometry: { type: 'LineString', coordinates: [[116.4187, 40.0421], [116.4207, 40.0425]] } })],
  ['GET /api/circle', () => ok({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [Array.from({ length: 25 }, (_, i) => [d.base.lon + 0.0075 * (1 + 0.2 * Math.sin(i * 3)) * Math.cos(i / 12 * Math.PI), d.base.lat + 0.0055 * (1 + 0.2 * Math.sin(i * 3)) * Math.sin(i / 12 * Math.PI)])] } }] })],
  ['GET /api/offer/:id/slots', q => ok(slots(q.from, q.days))],
  ['POST /api/order/price', (q, b) => { const o = d.offers[b.offer] ?? d.offers[12]; const price = o.price * (b.quantity ?? 1); const cut = b.elder ? 2000 : 0
    return ok({ price, own_pay: price - cut, parts: [{ payer: 'own', payer_name: '自付', amount: price - cut, reason: '' }, ...(cut ? [{ payer: 'subsidy', payer_name: '补贴', amount: cut, reason: '满 80 周岁，每次减 20 元' }] : [])], cancel_rule_text: '服务前 4 小时以上取消不收费；4 小时内取消收 10 元上门费。', pay_ways: [{ key: 'cash', name: '当面付现金', text: '做完后付给上门的人，当场给收据' }, { key: 'station_qr', name: '扫驿站收款码', text: '做完后扫码' }, { key: 'transfer', name: '家人转账', text: '转账后上传凭证' }] }) }],
  ['POST /api/order', (q, b, p, key) => { if (seen.has(key)) return ok(seen.get(key)); const o = d.order(String(104 + seen.size), 'placed', { for_name: b.for_name, password: b.password }); orders.unshift(o); seen.set(key, o); return ok(o) }],
  ['GET /api/my/orders', () => who ? ok({ items: orders.map(o => o.order) }) : fail(401, '请先登录')],
  ['GET /api/my/orders/:id', (q, b, p) => { const o = orders.find(x => x.order.id === p[0]); return !who ? fail(401, '请先登录') : o ? ok(o) : fail(404, '没有这个订单') }],
  ['POST /api/care_order/:id/:action', (q, b, p) => { const o = orders.find(x => x.order.id === p[0]); if (p[1] === 'cancel') { o.order.state = 'cancelled'; o.order.state_name = '已取消'; o.order.actions = [] } return ok(o) }],
  ['GET /api/my', () => who ? ok({ me: { name: '王小梅', phone: '100****5678' }, elders: [{ id: '1', name: '王桂芬', relation: 'child', relation_name: '子女', bond: '1', may: ['order', 'records'], compound_name: '柳荫里小区', address: '柳荫里***', version: 1 }], asked: [{ bond: '2', version: 1, relation_name: '子女', state: 'asked', asked_at: '2026-11-19T10:00:00+08:00' }] }) : fail(401, '请先登录')],
  ['POST /api/my/bond', (q, b) => b.name ? ok({}) : fail(422, '还差一点', [{ field: 'name', message: '请填老人的姓名' }])],
  ['GET /api/my/access', () => who ? ok({ items: [{ at: '2026-11-20T20:31:00+08:00', elder: '1', role: 'manager', role_name: '驿站站长', what: 'address,phone', reason: '派单' }, { at: '2026-11-12T09:12:00+08:00', elder: '1', role: 'auditor', role_name: '审计员', what: 'grade', reason: '安民审〔2026〕14 号' }] }) : fail(401, '请先登录')],
  ['GET /api/carer/day', () => who ? ok(d.carerDay) : fail(401, '请先登录')],
  ['POST /api/visit/:id/:action', (q, b, p) => { const v = d.carerDay.visits.find(x => x.visit.id === p[0]).visit; if (p[1] === 'arrive') Object.assign(v, { state: 'arrived', arrived_at: new Date().toISOString(), actions: [{ name: 'finish', label: '做完了' }, { name: 'not_met', label: '未遇' }] }); if (p[1] === 'finish') Object.assign(v, { state: 'done', done_at: new Date().toISOString(), actions: [] }); if (p[1] === 'not_met') Object.assign(v, { state: 'not_met', actions: [] }); return ok(v) }],
].map(([rule, run]) => { const [verb, path] = rule.split(' '); return { verb, re: new RegExp('^' + path.replace(/:\w+/g, '([^/]+)') + '$'), run } })

function file(path) {
  const face = /^\/(console|carer)(\/|$)/.exec(path)?.[1] ?? 'citizen'
  const rest = face === 'citizen' ? path : path.slice(face.length + 1)
  const wanted = join(dist, face, rest)
  return extname(rest) && existsSync(wanted) ? wanted : join(dist, face, 'index.html')
}

function answer(req, res, body) {
  const url = new URL(req.url, 'http://x')
  const q = Object.fromEntries(url.searchParams)
  const state = new URL(req.headers.referer ?? 'http://x').searchParams.get('mock')
  if (!url.pathname.startsWith('/api/')) {
    const f = file(url.pathname)
    const gz = /gzip/.test(req.headers['accept-encoding'] ?? '') && existsSync(f + '.gz')
    res.writeHead(200, { 'Content-Type': types[extname(f)] ?? 'application/octet-stream', 'Content-Security-Policy': policy, ...(gz ? { 'Content-Encoding': 'gzip' } : {}), 'Cache-Control': f.includes('/assets/') ? 'max-age=31536000, immutable' : 'no-cache' })
    return res.end(readFileSync(gz ? f + '.gz' : f))
  }
  const found = table.find(t => t.verb === req.method && t.re.test(url.pathname))
  const out = state === 'fail' ? fail(500, '服务器出了点问题') : found ? found.run(q, body, found.re.exec(url.pathname).slice(1), req.headers['idempotency-key']) : fail(404, '没有这个地址')
  if (state === 'empty' && out.body.items) out.body = { ...out.body, items: [], total: 0 }
  setTimeout(() => {
    res.writeHead(out.status, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Encoding': 'gzip' })
    res.end(gzipSync(JSON.stringify(out.body)))
  }, state === 'slow' ? 60000 : 30)
}

createServer((req, res) => {
  const parts = []
  req.on('data', p => parts.push(p)).on('end', () => {
    let body = {}
    try { body = JSON.parse(Buffer.concat(parts).toString() || '{}') } catch { /* raw */ }
    answer(req, res, body)
  })
}).listen(Number(process.argv[2] ?? 7300), '127.0.0.1')
