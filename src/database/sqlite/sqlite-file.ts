/** The file below a SQLite database: made for its owner alone, and watched for being taken away. */
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { OciProfilesError } from '../../errors.ts'

/** One page, in bytes. */
const SMALLEST_DATABASE = 512

/** Makes folder and file where they are not there; what is there keeps its rights. */
export function makeFile(path: string): void {
  makeFolder(dirname(path))
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile()) return refuseFragment(path, stats.size)
  if (stats) throw unavailable(`${path} is ${stats.isDirectory() ? 'a folder' : 'not a file'}`)
  // Only what is not there yet is opened here: closing a second descriptor of an open database drops SQLite's locks.
  closeSync(openSync(path, 'a', 0o600))
}

/** SQLite takes a file of one byte for an empty one, and would overwrite it. */
function refuseFragment(path: string, size: number): void {
  if (size === 0 || size >= SMALLEST_DATABASE) return
  const fact = `${path} is not a SQLite database`
  throw new OciProfilesError('DATABASE_INVALID', fact, { field: 'database_url' })
}

/** Node's own recursive way never ends where the system refuses with ENOENT, as it does below /proc. */
function makeFolder(folder: string): void {
  if (isThere(folder)) return
  const parent = dirname(folder)
  if (parent !== folder) makeFolder(parent)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process may have been faster.
    if (!isThere(folder)) throw error
  }
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined
}

/** Tells one file from another at the same path. */
export function fileIdentity(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false, bigint: true })
  return stats ? `${stats.dev}:${stats.ino}` : null
}

/** SQLite goes on writing to a file that was removed, and all of it would be lost. */
export function requireSameFile(path: string, identity: string | null): void {
  if (fileIdentity(path) === identity) return
  throw unavailable(`${path} was moved, removed or replaced while it was open`)
}

function unavailable(message: string): OciProfilesError {
  return new OciProfilesError('DATABASE_UNAVAILABLE', message, { field: 'database_url' })
}
