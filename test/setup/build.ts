/** Builds before the tests of the package, unless the build is newer than every source. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { newest } from './newest.ts'

const root = join(import.meta.dirname, '../..')

const sources = ['src', 'emulator', 'console', 'package.json']
const isFresh = newest('dist/src') > Math.max(...sources.map(newest))
if (!isFresh) build()

function build(): void {
  const options = { cwd: root, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.ts'], options)
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`)
}
