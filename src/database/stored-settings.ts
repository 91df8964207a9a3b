/** The settings in the database, whichever it is: one row each, so that writers of different settings never meet. */
import type { StoredPrecondition, StoredSettings } from './core-database.ts'
import type { Queries, QueriesInTransaction } from './tables.ts'

/** What a kind of database adds to a transaction that writes. */
export interface WriteSteps {
  /** Comes first. */
  begin?(transaction: QueriesInTransaction): Promise<void>
  /** Comes last. */
  announce?(transaction: QueriesInTransaction, version: number): Promise<void>
}

/** Values and version belong together: both are read in one statement's snapshot. */
export async function readStoredSettings(queries: Queries): Promise<StoredSettings> {
  const rows = await queries
    .selectFrom('settings_version')
    .leftJoin('settings', (join) => join.onTrue())
    .select(['settings_version.version', 'settings.name', 'settings.value'])
    .execute()
  return toStoredSettings(rows)
}

export interface SettingsRow {
  version: number
  /** `null` for both where there are no settings. */
  name: string | null
  value: string | null
}

/** A row for each setting, each with the version of all. */
export function toStoredSettings(rows: readonly SettingsRow[]): StoredSettings {
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

/** All or nothing; `null` removes a row. Returns what is stored then. */
export async function writeStoredSettings(
  queries: Queries,
  changes: Readonly<Record<string, unknown>>,
  precondition?: StoredPrecondition,
  { begin, announce }: WriteSteps = {},
): Promise<StoredSettings> {
  return queries.transaction().execute(async (transaction) => {
    await begin?.(transaction)
    const version = await nextVersion(transaction)
    const { values } = await readStoredSettings(transaction)
    precondition?.({ values, version: version - 1 })
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) await removeRow(transaction, name)
      else await writeRow(transaction, name, JSON.stringify(value), version)
    }
    await announce?.(transaction, version)
    return { values: withoutNulls({ ...values, ...changes }), version }
  })
}

/** Writers queue up at this row, in every kind of database: from here on nobody else changes anything. */
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

function withoutNulls(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))
}
