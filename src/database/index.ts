/** CORE database: keeps the settings that were changed at run time, behind one small interface. */
export type { CoreDatabase, StoredSettings } from './core-database.ts'
export {
  createDatabaseConnection,
  type ConnectionOptions,
  type DatabaseConnection,
} from './database-connection.ts'
export { openDatabase } from './open-database.ts'
export { persistSettings } from './persist-settings.ts'
