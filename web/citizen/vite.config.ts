import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'
import { face } from '../tools/face.mjs'

/* Writes sw.js with the names of the shell's files; pages that need the server stay out, they are kept when first opened. */
function worker() {
  return {
    name: 'yike-worker',
    apply: 'build' as const,
    generateBundle(this: { emitFile: (f: object) => void }, _: object, bundle: object) {
      const late = /^assets\/(PlaceMap|CircleMap|map|en|Order|OrderNew|Orders|Family|Access|SignIn|Notice|Lost)-/
      const files = Object.keys(bundle).filter(f => /\.(js|css)$/.test(f) && !late.test(f))
      const names = ['/', '/icon.svg', ...files.map(f => `/${f}`).sort()]
      const source = readFileSync(resolve(__dirname, 'sw.js'), 'utf8')
        .replace('__VERSION__', createHash('sha256').update(names.join()).digest('hex').slice(0, 10))
        .replace('__FILES__', JSON.stringify(names))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}

export default defineConfig(face('citizen', '/', { plugins: [worker()] }))
