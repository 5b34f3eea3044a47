/* tidy.mjs - keeps the faces tidy: lengths, opening lines, equal message files, no inline style. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const web = resolve(fileURLToPath(import.meta.url), '../..')
const LINES_MAX = { '.vue': 250, '.ts': 300, '.css': 300, '.mjs': 300 }
const faults = []

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(f =>
    f.isDirectory() ? files(join(folder, f.name)) : [join(folder, f.name)])
}

function look(file) {
  const name = file.slice(web.length + 1)
  const text = readFileSync(file, 'utf8')
  const end = name.slice(name.lastIndexOf('.'))
  const lines = text.split('\n').length - 1
  if (LINES_MAX[end] && !name.endsWith('.d.ts') && lines > LINES_MAX[end]) faults.push(`${name}: ${lines} lines, ${LINES_MAX[end]} at most`)
  if (end === '.vue' && !text.startsWith('<!-- ')) faults.push(`${name}: no opening line`)
  if (/\.(ts|css|mjs)$/.test(name) && !text.startsWith('/*') && !name.endsWith('vite.config.ts')) faults.push(`${name}: no opening line`)
  if (end === '.vue' && /\sstyle="/.test(text)) faults.push(`${name}: inline style, refused by the page's policy`)
  if (/v-html|innerHTML/.test(text) && end === '.vue') faults.push(`${name}: raw HTML`)
}

function texts(face) {
  const read = l => {
    const text = readFileSync(join(web, face, `${l}.json`), 'utf8')
    const keys = [...text.matchAll(/^\s*"([^"]+)":/gm)].map(m => m[1])
    keys.filter((k, i) => keys.indexOf(k) < i).forEach(k => faults.push(`${face}/${l}.json: "${k}" stands twice`))
    return Object.keys(JSON.parse(text))
  }
  const [zh, en] = [read('zh'), read('en')]
  for (const k of zh) if (!en.includes(k)) faults.push(`${face}/en.json: "${k}" is missing`)
  for (const k of en) if (!zh.includes(k)) faults.push(`${face}/en.json: "${k}" is not in zh.json`)
  const used = files(join(web, face)).filter(f => /\.(vue|ts)$/.test(f)).map(f => readFileSync(f, 'utf8')).join('\n')
  const heads = [...used.matchAll(/`([a-z_]+\.(?:[a-z_]+\.)?)\$\{/g)].map(m => m[1])
  for (const k of zh)
    if (!used.includes(`'${k}'`) && !heads.some(h => k.startsWith(h))) faults.push(`${face}/zh.json: "${k}" is used nowhere`)
}

for (const folder of ['shared', 'citizen', 'carer', 'console', 'tools'])
  files(join(web, folder)).forEach(look)
for (const face of ['citizen', 'citizen/fifteen', 'carer', 'console']) texts(face)

faults.forEach(f => console.error(f))
console.log(faults.length ? `${faults.length} faults` : 'tidy')
process.exit(faults.length ? 1 : 0)
