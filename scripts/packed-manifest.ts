/**
 * `make` leaves in package.json what users of the package need, `restore` puts the whole back.
 * npm runs the two around packing: neither a Node nor tools to build with belong into somebody else's project.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname } from 'node:path'

const MANIFEST = 'package.json'
const WHOLE = '.cache/package.json'
const OURS_ALONE = [
  'scripts',
  'devDependencies',
  'optionalDependencies',
  'allowScripts',
  'overrides',
  'scarfSettings',
]

const task = process.argv[2]
if (task === 'make') make()
else if (task === 'restore') restore()
else throw new Error('say "make" or "restore"')

function make(): void {
  const manifest: Record<string, unknown> = JSON.parse(readFileSync(MANIFEST, 'utf8'))
  // Already made, by a run that did not come to its end: the copy is the whole one, not this.
  if (!('scripts' in manifest)) return
  mkdirSync(dirname(WHOLE), { recursive: true })
  copyFileSync(MANIFEST, WHOLE)
  const packed = Object.entries(manifest).filter(([key]) => !OURS_ALONE.includes(key))
  writeFileSync(MANIFEST, `${JSON.stringify(Object.fromEntries(packed), null, 2)}\n`)
}

function restore(): void {
  if (existsSync(WHOLE)) renameSync(WHOLE, MANIFEST)
}
