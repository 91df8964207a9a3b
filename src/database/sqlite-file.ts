/** The file below a SQLite database: made for its owner alone, and watched for being taken away. */
import { closeSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { OciProfilesError } from '../errors.ts'

/** Makes folder and file where they are not there; what is there keeps its rights. */
export function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats?.isFile()) return
  if (stats) throw unavailable(`${path} is ${stats.isDirectory() ? 'a folder' : 'not a file'}`)
  // Only ever a new file is opened here: closing another descriptor of an open database would drop SQLite's locks.
  closeSync(openSync(path, 'wx', 0o600))
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
