/** The settings in the database, whichever it is: one row each, so that writers of different settings never meet. */
import type { StoredSettings } from './core-database.ts'
import type { Queries, QueriesInTransaction } from './tables.ts'

/** Values and version belong together: both are read in one statement's snapshot or in one transaction. */
export async function readStoredSettings(queries: Queries): Promise<StoredSettings> {
  const rows = await queries
    .selectFrom('settings_version')
    .leftJoin('settings', (join) => join.onTrue())
    .select(['settings_version.version', 'settings.name', 'settings.value'])
    .execute()
  const values = rows.flatMap(({ name, value }) =>
    name === null || value === null ? [] : [[name, parseValue(value)] as const],
  )
  return { values: Object.fromEntries(values), version: rows[0]?.version ?? 0 }
}

/** Text that is not JSON was written by hand; it is judged as the text that it is. */
function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/** All or nothing; `null` removes a row. */
export async function writeStoredSettings(
  queries: Queries,
  changes: Readonly<Record<string, unknown>>,
): Promise<void> {
  await queries.transaction().execute(async (transaction) => {
    const version = await nextVersion(transaction)
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) await removeRow(transaction, name)
      else await writeRow(transaction, name, JSON.stringify(value), version)
    }
  })
}

/** Writers queue up at this row, in every kind of database. */
async function nextVersion(transaction: QueriesInTransaction): Promise<number> {
  const row = await transaction
    .updateTable('settings_version')
    .set(({ eb }) => ({ version: eb('version', '+', 1) }))
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}

async function removeRow(transaction: QueriesInTransaction, name: string): Promise<void> {
  await transaction.deleteFrom('settings').where('name', '=', name).execute()
}

async function writeRow(
  transaction: QueriesInTransaction,
  name: string,
  value: string,
  version: number,
): Promise<void> {
  const facts = { value, version, updated_at: new Date().toISOString() }
  await transaction
    .insertInto('settings')
    .values({ name, ...facts })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(facts))
    .execute()
}
