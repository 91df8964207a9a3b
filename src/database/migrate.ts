/** Brings the tables up to date: all pending migrations or none. */
import { OciProfilesError } from '../errors.ts'
import { MIGRATIONS } from './migrations.ts'
import type { Queries, QueriesInTransaction } from './tables.ts'

/**
 * Any number of processes may do this at once, when `begin` lets one in at a time: the others find nothing left to do.
 * A transaction of SQLite needs nothing for it, because it takes the lock for writing at its begin.
 * Throws DATABASE_TOO_NEW for the tables of a later version.
 */
export async function migrate(
  queries: Queries,
  begin?: (transaction: QueriesInTransaction) => Promise<void>,
): Promise<void> {
  await queries.transaction().execute(async (transaction) => {
    await begin?.(transaction)
    await makeMigrationsTable(transaction)
    const reached = await findReached(transaction)
    for (const { number, name, up } of pendingAfter(reached)) {
      await up(transaction)
      const row = { number, name, applied_at: new Date().toISOString() }
      await transaction.insertInto('oci_profiles_migrations').values(row).execute()
    }
  })
}

/** Whether there is nothing left to do, by a table of migrations that is there. Throws DATABASE_TOO_NEW. */
export async function isMigrated(queries: Queries): Promise<boolean> {
  return pendingAfter(await findReached(queries)).length === 0
}

function pendingAfter(reached: number): typeof MIGRATIONS {
  const newest = MIGRATIONS.length
  if (reached <= newest) return MIGRATIONS.slice(reached)
  const fact = `The database is at migration ${reached}; this version knows them up to ${newest}`
  throw new OciProfilesError('DATABASE_TOO_NEW', fact)
}

async function makeMigrationsTable(transaction: QueriesInTransaction): Promise<void> {
  await transaction.schema
    .createTable('oci_profiles_migrations')
    .ifNotExists()
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'text', (column) => column.notNull())
    .execute()
}

async function findReached(queries: Queries): Promise<number> {
  const row = await queries
    .selectFrom('oci_profiles_migrations')
    .select(({ fn }) => fn.max('number').as('reached'))
    .executeTakeFirst()
  return row?.reached ?? 0
}
