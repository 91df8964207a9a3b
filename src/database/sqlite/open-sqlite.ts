/** The CORE database in a SQLite file, which several processes of one machine may share. */
import { DatabaseSync } from 'node:sqlite'
import { Kysely, sql } from 'kysely'
import { OciProfilesError } from '../../errors.ts'
import type { CoreDatabase } from '../core-database.ts'
import { migrate } from '../migrate.ts'
import { RunningTasks } from '../running-tasks.ts'
import { readStoredSettings, writeStoredSettings } from '../stored-settings.ts'
import type { CoreTables, Queries } from '../tables.ts'
import { whileBusy } from './busy.ts'
import { NodeSqliteDialect } from './node-sqlite-dialect.ts'
import { explainFault } from './sqlite-fault.ts'
import { fileIdentity, makeFile, requireSameFile } from './sqlite-file.ts'

/** So long SQLite itself may block the event loop; whoever waits longer waits beside it. */
const BLOCKING_LIMIT_MS = 20

export async function openSqlite(path: string, busyLimitMs: number): Promise<CoreDatabase> {
  let queries: Queries | null = null
  try {
    makeFile(path)
    const file = new DatabaseSync(path, { timeout: BLOCKING_LIMIT_MS })
    queries = new Kysely<CoreTables>({ dialect: new NodeSqliteDialect(file, busyLimitMs) })
    await prepare(queries, path, busyLimitMs)
    return serve(queries, path, busyLimitMs)
  } catch (error) {
    await queries?.destroy()
    throw explainFault(error, path)
  }
}

async function prepare(queries: Queries, path: string, busyLimitMs: number): Promise<void> {
  await whileBusy(busyLimitMs, () => refuseForeign(queries, path))
  await whileBusy(busyLimitMs, () => sql`pragma journal_mode = wal`.execute(queries))
  await sql`pragma synchronous = full`.execute(queries)
  await migrate(queries)
}

/** A file with the tables of another program is not touched. */
async function refuseForeign(queries: Queries, path: string): Promise<void> {
  const tables = sql<{ name: string }>`select name from sqlite_master where type = 'table'`
  const names = (await tables.execute(queries)).rows.map((row) => row.name)
  if (names.length === 0 || names.includes('oci_profiles_migrations')) return
  const fact = `${path} is the database of another program`
  throw new OciProfilesError('DATABASE_INVALID', fact, { field: 'database_url' })
}

function serve(queries: Queries, path: string, busyLimitMs: number): CoreDatabase {
  const identity = fileIdentity(path)
  const tasks = new RunningTasks(path)

  const run = async <T>(task: () => Promise<T>): Promise<T> => {
    try {
      return await tasks.run(task)
    } catch (error) {
      throw explainFault(error, path)
    }
  }

  return {
    kind: 'sqlite',
    readSettings: () => run(() => whileBusy(busyLimitMs, () => readStoredSettings(queries))),
    lookAtSettings: () =>
      run(async () => {
        requireSameFile(path, identity)
        return whileBusy(busyLimitMs, () => readStoredSettings(queries))
      }),
    writeSettings: (changes, precondition) =>
      run(async () => {
        requireSameFile(path, identity)
        return writeStoredSettings(queries, changes, precondition)
      }),
    // A file tells nobody of its changes.
    listen: () => {},
    close: () => tasks.close(() => queries.destroy()),
  }
}
