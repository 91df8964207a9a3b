/** CORE database: keeps the settings that were changed at run time, behind one small interface. */
export type { CoreDatabase, DatabaseKind, StoredSettings } from './core-database.ts'
export {
  createDatabaseConnection,
  type ConnectionOptions,
  type DatabaseConnection,
} from './database-connection.ts'
export type { DatabaseState } from './database-state.ts'
export { openDatabase, type OpenOptions } from './open-database.ts'
export { persistSettings } from './persist-settings.ts'
