/** The tables of the CORE database as the newest migration leaves them. */
import type { Kysely, Transaction } from 'kysely'

export interface CoreTables {
  oci_profiles_migrations: MigrationRow
  settings: SettingRow
  settings_version: { version: number }
}

export interface MigrationRow {
  number: number
  name: string
  /** ISO 8601, UTC. */
  applied_at: string
}

export interface SettingRow {
  name: string
  /** JSON. */
  value: string
  /** The version of all settings that this row came with. */
  version: number
  /** ISO 8601, UTC. */
  updated_at: string
}

export type Queries = Kysely<CoreTables>
export type QueriesInTransaction = Transaction<CoreTables>
