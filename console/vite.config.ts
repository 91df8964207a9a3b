/** The console → static files whose addresses are relative, so that any path prefix will do. */
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineConfig, type Plugin } from 'vite'

/** Made once here, so that the service need not compress with each answer. */
const compressedTwins: Plugin = {
  name: 'compressed-twins',
  enforce: 'post',
  generateBundle(_options, bundle) {
    for (const [fileName, file] of Object.entries(bundle)) {
      if (!fileName.startsWith('assets/')) continue
      const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
      this.emitFile({
        type: 'asset',
        fileName: `${fileName}.br`,
        source: brotliCompressSync(bytes),
      })
      this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(bytes) })
    }
  },
}

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  logLevel: 'warn',
  // What only the development tools of the signals look for.
  define: { 'window.__PREACT_SIGNALS_DEVTOOLS__': 'undefined' },
  plugins: [compressedTwins],
  // Preact's own function for elements: smaller than the runtime that wraps it.
  oxc: {
    jsx: { runtime: 'classic', pragma: 'h', pragmaFrag: 'Fragment', development: false },
    jsxInject: "import { Fragment, h } from 'preact'",
  },
  build: {
    outDir: join(import.meta.dirname, '../dist/console'),
    emptyOutDir: true,
    // The first of each to know light-dark() and content-visibility.
    target: ['chrome125', 'edge125', 'firefox125', 'safari18'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
