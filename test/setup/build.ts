/** Builds before the tests of the package, unless the build is newer than every source. */
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

const isFresh = newest('dist') > Math.max(...['src', 'emulator', 'package.json'].map(newest))
if (!isFresh) build()

function build(): void {
  const options = { cwd: root, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.ts'], options)
  if (status !== 0) throw new Error(`the build failed:\n${stdout}${stderr}`)
}

/** Time of the last change to a file or to anything in a folder; 0 where there is none. */
function newest(path: string): number {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(
    found.mtimeMs,
    ...readdirSync(join(root, path)).map((name) => newest(`${path}/${name}`)),
  )
}
