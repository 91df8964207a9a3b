/**
 * The schema that the tables are in: one of its own, so that they meet nobody else's. It is made where it is missing and
 * may be made; where everything is there already, the right to read and write the tables is enough.
 */
import { sql } from 'kysely'
import { OciProfilesError } from '../../errors.ts'
import type { PostgresUrl } from '../../settings/index.ts'
import { isMigrated, migrate } from '../migrate.ts'
import type { Queries, QueriesInTransaction } from '../tables.ts'
import {
  makeFault,
  MAY_NOT_CREATE_SCHEMA,
  MAY_NOT_CREATE_TABLES,
  MAY_NOT_USE,
  READ_ONLY,
} from './postgres-fault.ts'
import { beginWriting } from './begin-writing.ts'

export const SCHEMA = 'oci_profiles'

/** Any number will do that no other program takes in the same database. */
const MIGRATION_LOCK = 7_301_867_552_017

interface Found {
  read_only: boolean
  has_schema: boolean
  may_create_schema: boolean
  may_use: boolean
  may_create_tables: boolean
  tables: string[]
}

/** Throws DATABASE_READ_ONLY, DATABASE_DENIED, DATABASE_INVALID, DATABASE_TOO_NEW. */
export async function prepareSchema(queries: Queries, url: PostgresUrl): Promise<void> {
  const found = await lookAround(queries)
  if (found.read_only) throw makeFault(READ_ONLY, url)
  if (found.tables.length > 0) {
    refuseForeign(found, url)
    if (!found.may_use) throw makeFault(MAY_NOT_USE, url)
    if (await isMigrated(queries)) return requireRights(queries, url)
  }
  requireCreation(found, url)
  await migrate(queries, async (transaction) => {
    await beginWriting(transaction)
    await sql`select pg_advisory_xact_lock(${sql.lit(MIGRATION_LOCK)})`.execute(transaction)
    await makeSchema(transaction)
  })
  await requireRights(queries, url)
}

/** Everybody may read the catalogue, whatever the schema allows. */
async function lookAround(queries: Queries): Promise<Found> {
  const look = sql<Found>`
    select
      current_setting('transaction_read_only') = 'on' as read_only,
      found.oid is not null as has_schema,
      has_database_privilege(current_database(), 'create') as may_create_schema,
      coalesce(has_schema_privilege(found.oid, 'usage'), false) as may_use,
      coalesce(has_schema_privilege(found.oid, 'create'), false) as may_create_tables,
      array(select relname::text from pg_class where relnamespace = found.oid and relkind = 'r') as tables
    from (select 1) as always left join pg_namespace as found on found.nspname = ${SCHEMA}`
  const { rows } = await look.execute(queries)
  return rows[0]!
}

/** A schema of the same name with the tables of another program is not touched. */
function refuseForeign({ tables }: Found, { host, port, database }: PostgresUrl): void {
  if (tables.includes('oci_profiles_migrations')) return
  const fact = `The schema ${SCHEMA} at ${host}:${port}/${database} holds the tables of another program`
  throw new OciProfilesError('DATABASE_INVALID', fact, {
    field: 'database_url',
    fix: 'Name another database in database_url; this one was not changed.',
  })
}

function requireCreation(found: Found, url: PostgresUrl): void {
  if (found.has_schema) {
    if (!found.may_create_tables) throw makeFault(MAY_NOT_CREATE_TABLES, url)
  } else if (!found.may_create_schema) throw makeFault(MAY_NOT_CREATE_SCHEMA, url)
}

/** "if not exists" would ask for the right to create also where nothing is created. */
async function makeSchema(transaction: QueriesInTransaction): Promise<void> {
  const look = sql`select 1 from pg_namespace where nspname = ${SCHEMA}`
  const { rows } = await look.execute(transaction)
  if (rows.length === 0) await transaction.schema.createSchema(SCHEMA).execute()
}

/** Whoever could read but not write would find out only at the first change of a setting. */
async function requireRights(queries: Queries, url: PostgresUrl): Promise<void> {
  const table = (name: string, right: string) =>
    sql`has_table_privilege(${`${SCHEMA}.${name}`}, ${right})`
  const rights = [
    ...['select', 'insert', 'update', 'delete'].map((right) => table('settings', right)),
    ...['select', 'update'].map((right) => table('settings_version', right)),
  ]
  const look = sql<{ complete: boolean }>`select ${sql.join(rights, sql` and `)} as complete`
  const { rows } = await look.execute(queries)
  if (rows[0]?.complete !== true) throw makeFault(MAY_NOT_USE, url)
}
