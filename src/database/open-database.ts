/** From the URL in the settings to the database behind it. */
import { OciProfilesError } from '../errors.ts'
import type { Secret } from '../secret.ts'
import { readPostgresUrl, sqlitePath } from '../settings/index.ts'
import type { CoreDatabase, DatabaseKind } from './core-database.ts'
import { openSqlite } from './sqlite/index.ts'

export interface OpenOptions {
  /** How long to wait for the lock of another process, in milliseconds. SQLite only. */
  busyLimitMs?: number
  /** Ends an opening that runs. PostgreSQL only: a file is open or not within the limit. */
  signal?: AbortSignal
}

const BUSY_LIMIT_MS = 2_000

/**
 * Opens the database that the URL names, made and migrated where needed.
 * Throws DATABASE_UNAVAILABLE, DATABASE_DENIED, DATABASE_TLS_FAILED, DATABASE_READ_ONLY, DATABASE_TOO_NEW,
 * DATABASE_INVALID; what was there before is unchanged then.
 */
export async function openDatabase(
  url: Secret | string,
  { busyLimitMs = BUSY_LIMIT_MS, signal }: OpenOptions = {},
): Promise<CoreDatabase> {
  const text = typeof url === 'string' ? url : url.reveal()
  const path = sqlitePath(text)
  if (path !== null) return openSqlite(path, busyLimitMs)
  const reading = readPostgresUrl(text)
  if ('fault' in reading) {
    const fact = `database_url ${reading.fault}`
    throw new OciProfilesError('DATABASE_UNAVAILABLE', fact, { field: 'database_url' })
  }
  // Whoever has a file has no need of the driver.
  const { openPostgres } = await import('./postgres/index.ts')
  return openPostgres(reading.value, signal)
}

/** What kind of database a URL names, whether or not it can be opened. */
export function databaseKind(url: Secret): DatabaseKind {
  return sqlitePath(url.reveal()) === null ? 'postgres' : 'sqlite'
}
