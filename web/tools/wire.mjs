/*
 * wire.mjs - what the first load costs: cold cache, gzip, until idle, answers and headers included.
 * node tools/wire.mjs [address] [bytes at most]: fails when the first page takes more.
 */
import { chromium } from 'playwright-core'

const [address = 'http://127.0.0.1:8080/', most = '102400'] = process.argv.slice(2)
const found = await (await fetch(new URL('/api/where?q=l', address))).json()
const home = { me: found.items[0] }
const IDLE_MS = 8000
process.env.PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS = '1'
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium-headless-shell',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
})

async function measure(name, known) {
  const context = await browser.newContext()
  if (known) await context.addInitScript(h => localStorage.setItem('yike.homes', h), JSON.stringify(home))
  let bytes = 0
  let own = 0
  const asked = []
  context.on('requestfinished', async request => {
    const size = await request.sizes().catch(() => null)
    if (!size) return
    const n = size.responseHeadersSize + size.responseBodySize
    if (request.serviceWorker()) own += n
    else { bytes += n; asked.push(`${n}\t${new URL(request.url()).pathname}`) }
  })
  const page = await context.newPage()
  await page.goto(address, { waitUntil: 'networkidle' })
  await page.waitForTimeout(IDLE_MS)
  console.log(`${name}: ${bytes} bytes for the page, ${own} kept by the worker, ${bytes + own} in all`)
  console.log(asked.join('\n'))
  await context.close()
  return bytes + own
}

const worst = Math.max(await measure('a stranger', false), await measure('home known', true))
await browser.close()
console.log(worst <= Number(most) ? `${worst} of ${most}` : `${worst}: more than ${most}`)
process.exit(worst <= Number(most) ? 0 : 1)
