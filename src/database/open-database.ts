/** From the URL in the settings to the database behind it. */
import { OciProfilesError } from '../errors.ts'
import type { Secret } from '../secret.ts'
import { sqlitePath } from '../settings/index.ts'
import type { CoreDatabase } from './core-database.ts'
import { openSqlite } from './sqlite.ts'

export interface OpenOptions {
  /** How long to wait for the lock of another process, in milliseconds. */
  busyLimitMs?: number
}

const BUSY_LIMIT_MS = 2_000

/**
 * Opens the database that the URL names, made and migrated where needed.
 * Throws DATABASE_UNAVAILABLE, DATABASE_TOO_NEW, DATABASE_INVALID; what was there before is unchanged then.
 */
export async function openDatabase(
  url: Secret | string,
  { busyLimitMs = BUSY_LIMIT_MS }: OpenOptions = {},
): Promise<CoreDatabase> {
  const path = sqlitePath(typeof url === 'string' ? url : url.reveal())
  if (path === null) {
    throw new OciProfilesError('DATABASE_UNAVAILABLE', 'database_url does not name a SQLite file')
  }
  return openSqlite(path, busyLimitMs)
}
