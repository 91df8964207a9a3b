/** The CORE database in a SQLite file. */
export { openSqlite } from './open-sqlite.ts'
