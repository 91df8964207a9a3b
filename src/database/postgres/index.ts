/** The CORE database in PostgreSQL, shared by any number of replicas. */
export { openPostgres } from './open-postgres.ts'
