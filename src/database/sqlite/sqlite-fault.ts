/** Failures of SQLite and of the file system in words, with a code. */
import { OciProfilesError } from '../../errors.ts'

type DatabaseCode =
  | 'DATABASE_DENIED'
  | 'DATABASE_INVALID'
  | 'DATABASE_READ_ONLY'
  | 'DATABASE_UNAVAILABLE'

/** Primary result codes: https://sqlite.org/rescode.html */
const BUSY = 5
const LOCKED = 6
const FACTS: Record<number, [DatabaseCode, string]> = {
  [BUSY]: ['DATABASE_UNAVAILABLE', 'is locked by another process'],
  [LOCKED]: ['DATABASE_UNAVAILABLE', 'is locked by another process'],
  8: ['DATABASE_READ_ONLY', 'is read-only'],
  10: ['DATABASE_UNAVAILABLE', 'cannot be read or written'],
  11: ['DATABASE_INVALID', 'is damaged'],
  13: ['DATABASE_UNAVAILABLE', 'cannot grow: the disk is full'],
  14: ['DATABASE_UNAVAILABLE', 'cannot be opened; its folder has to be writable too'],
  26: ['DATABASE_INVALID', 'is not a SQLite database'],
}

/** Codes of the file system, where the file is made. */
const FILE_FACTS: Record<string, [DatabaseCode, string]> = {
  EACCES: ['DATABASE_DENIED', 'cannot be made: this user may not write there'],
  EPERM: ['DATABASE_DENIED', 'cannot be made: this user may not write there'],
  ENOSPC: ['DATABASE_UNAVAILABLE', 'cannot be made: the disk is full'],
  EROFS: ['DATABASE_READ_ONLY', 'cannot be made: the disk is read-only'],
}

export function isBusy(error: unknown): boolean {
  const code = resultCode(error)
  return code === BUSY || code === LOCKED
}

/** What a person can be told. Errors of this package stay as they are. */
export function explainFault(error: unknown, path: string): OciProfilesError {
  if (error instanceof OciProfilesError) return error
  const known = FACTS[resultCode(error) ?? 0] ?? FILE_FACTS[describe(error)]
  const [code, fact] = known ?? ['DATABASE_UNAVAILABLE', `cannot be used (${describe(error)})`]
  return new OciProfilesError(code, `${path} ${fact}`, { field: 'database_url', cause: error })
}

/** The low byte of an extended code is the primary one. `null` for what is no error of SQLite. */
function resultCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null
  return typeof error.errcode === 'number' ? error.errcode & 0xff : null
}

/** SQLite's or the file system's own word, without the values that a whole message may hold. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error'
  if ('errstr' in error) return String(error.errstr)
  return 'code' in error ? String(error.code) : error.name
}
