/** Brings the tables up to date: all pending migrations or none. */
import { OciProfilesError } from '../errors.ts'
import { MIGRATIONS } from './migrations.ts'
import type { Queries, QueriesInTransaction } from './tables.ts'

/**
 * Two processes may do this at once: a transaction takes the lock for writing at its begin, so the second one finds
 * nothing left to do. Throws DATABASE_TOO_NEW for the tables of a later version.
 */
export async function migrate(queries: Queries): Promise<void> {
  await queries.transaction().execute(async (transaction) => {
    const reached = await findReached(transaction)
    const newest = MIGRATIONS.length
    if (reached > newest) throw tooNew(reached, newest)
    for (const { number, name, up } of MIGRATIONS.slice(reached)) {
      await up(transaction)
      const row = { number, name, applied_at: new Date().toISOString() }
      await transaction.insertInto('oci_profiles_migrations').values(row).execute()
    }
  })
}

async function findReached(transaction: QueriesInTransaction): Promise<number> {
  await transaction.schema
    .createTable('oci_profiles_migrations')
    .ifNotExists()
    .addColumn('number', 'integer', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'text', (column) => column.notNull())
    .execute()
  const row = await transaction
    .selectFrom('oci_profiles_migrations')
    .select(({ fn }) => fn.max('number').as('reached'))
    .executeTakeFirst()
  return row?.reached ?? 0
}

function tooNew(reached: number, newest: number): OciProfilesError {
  const fact = `The database is at migration ${reached}; this version knows them up to ${newest}`
  return new OciProfilesError('DATABASE_TOO_NEW', fact)
}
