/** Sources → `dist/`: modules with types for the library and the server, one bundle for the command line, the console. */
import { spawnSync } from 'node:child_process'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { tightBundle } from './tight-bundle.ts'
import { buildConsole } from './build-console.ts'

/** Small packages that the command line needs at once; all others are imported when a command asks for them. */
const BUNDLED = new Set(['commander', 'picocolors'])

const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache')
mkdirSync(cache, { recursive: true })
const work = mkdtempSync(join(cache, 'build-'))
try {
  await main(join(work, 'dist'))
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function main(folder: string): Promise<void> {
  if (!emitModules(folder)) {
    process.exitCode = 1
    return
  }
  await bundleCommandLine(folder)
  copySwaggerUi(join(folder, 'swagger-ui'))
  await buildConsole(join(folder, 'console'))
  replaceFolder(join(root, 'dist'), folder)
}

/** False where the sources do not pass the type check; the compiler has said why. */
function emitModules(folder: string): boolean {
  const manifest = createRequire(import.meta.url).resolve('typescript/package.json')
  const compiler = join(manifest, '..', 'bin', 'tsc')
  const args = [compiler, '-p', join(root, 'tsconfig.build.json'), '--outDir', folder]
  return spawnSync(process.execPath, args, { stdio: 'inherit' }).status === 0
}

/** Starts in a fraction of the time of separate modules. The server stays out: its packages do not bear bundling. */
async function bundleCommandLine(folder: string): Promise<void> {
  const entry = join(root, 'src/cli/main.ts')
  if (!existsSync(entry)) return
  await build({
    entryPoints: { cli: entry },
    outdir: folder,
    chunkNames: 'cli/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    external: dependencies().filter((name) => !BUNDLED.has(name)),
    plugins: [tightBundle(join(root, 'src/cli/run.ts'))],
    legalComments: 'linked',
    logLevel: 'warning',
  })
}

/** The files alone: the package of Swagger UI brings a script that reports each installation. */
function copySwaggerUi(folder: string): void {
  const source = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'))
  mkdirSync(folder)
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js', 'LICENSE', 'NOTICE']) {
    copyFileSync(join(source, file), join(folder, file))
  }
}

function dependencies(): string[] {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return [...Object.keys(manifest.dependencies), 'oci-*']
}

/** In two renames, so that a program that runs from the old folder is without one for no longer than that. */
function replaceFolder(folder: string, replacement: string): void {
  if (existsSync(folder)) renameSync(folder, join(work, 'old'))
  renameSync(replacement, folder)
}
