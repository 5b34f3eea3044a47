/* face.mjs - how each face is built: one entry, hashed files, packed beforehand, no inline code. */
import { createHash } from 'node:crypto'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'

const web = resolve(fileURLToPath(import.meta.url), '../..')
const packable = /\.(html|js|mjs|css|svg|json|webmanifest|map|txt)$/

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(f =>
    f.isDirectory() ? files(join(folder, f.name)) : [join(folder, f.name)])
}

/* Writes x.gz and x.br beside every text file, where packing gains something. */
function pack() {
  let folder = ''
  return {
    name: 'yike-pack',
    apply: 'build',
    configResolved(c) { folder = resolve(c.root, c.build.outDir) },
    closeBundle() {
      for (const file of files(folder).filter(f => packable.test(f) && statSync(f).size > 200)) {
        const bytes = readFileSync(file)
        const br = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }
        for (const [end, packed] of [['.gz', gzipSync(bytes, { level: 9 })],
          ['.br', brotliCompressSync(bytes, br)]])
          if (packed.length < bytes.length) writeFileSync(file + end, packed)
      }
    },
  }
}

/* Writes sw.js with the names of all files of the face, so that it opens without a network. */
export function shell(name, base) {
  return {
    name: 'yike-shell',
    apply: 'build',
    generateBundle(_, bundle) {
      const files = Object.keys(bundle).filter(f => /\.(js|css)$/.test(f)).map(f => base + f).sort()
      const names = [base, `${base}icon.svg`, `${base}manifest.webmanifest`, ...files]
      const source = readFileSync(join(web, name, 'sw.js'), 'utf8')
        .replace('__VERSION__', createHash('sha256').update(names.join()).digest('hex').slice(0, 10))
        .replace('__FILES__', JSON.stringify(names))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}

/* The settings of one face: its folder under web/ and the path it is served from. */
export function face(name, base, more = {}) {
  const api = process.env.YIKE_API ?? 'http://127.0.0.1:8080'
  return {
    root: join(web, name),
    base,
    plugins: [vue(), ...(more.plugins ?? []), pack()],
    resolve: { alias: { '@shared': join(web, 'shared') } },
    define: { __VUE_OPTIONS_API__: more.optionsApi ?? false, __VUE_PROD_DEVTOOLS__: false },
    build: {
      outDir: join(web, 'dist', name),
      emptyOutDir: true,
      target: ['chrome80', 'safari13'],
      cssTarget: ['chrome80', 'safari13'],
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1200,
      rollupOptions: { output: { chunkFileNames: c => `assets/${c.name.replace(/\.vue.*/, '')}-[hash].js` } },
      ...more.build,
    },
    server: { proxy: { '/api': { target: api } } },
  }
}
