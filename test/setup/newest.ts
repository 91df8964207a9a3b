/** Which is newer, sources or build: decides whether tests have to build first. */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Time of the last change to a file or to anything in a folder of the repository; 0 where there is none. */
export function newest(path: string): number {
  const found = statSync(join(root, path), { throwIfNoEntry: false })
  if (found === undefined) return 0
  if (!found.isDirectory()) return found.mtimeMs
  return Math.max(
    found.mtimeMs,
    ...readdirSync(join(root, path)).map((name) => newest(`${path}/${name}`)),
  )
}
