/** How the tables came about, step by step. A migration that was released is never changed: the next one is added. */
import type { QueriesInTransaction } from './tables.ts'

export interface Migration {
  /** Counts from 1 without gaps. */
  number: number
  name: string
  up(queries: QueriesInTransaction): Promise<void>
}

export const MIGRATIONS: readonly Migration[] = [
  { number: 1, name: 'settings', up: createSettings },
]

async function createSettings(queries: QueriesInTransaction): Promise<void> {
  await queries.schema
    .createTable('settings')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('value', 'text', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('updated_at', 'text', (column) => column.notNull())
    .execute()
  await queries.schema
    .createTable('settings_version')
    .addColumn('version', 'integer', (column) => column.notNull())
    .execute()
  await queries.insertInto('settings_version').values({ version: 0 }).execute()
}
