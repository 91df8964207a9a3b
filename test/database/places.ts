/** Where a CORE database can be: every contract is tested in each kind of place. */
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, onTestFinished } from 'vitest'
import { openDatabase, type CoreDatabase } from '../../src/database/index.ts'
import { Secret } from '../../src/secret.ts'
import { tempFolder } from '../settings/temp-folder.ts'
import { postgresIsMissing, startPostgres, type PostgresServer } from './postgres-server.ts'

export interface Place {
  url: string
  /** Statements behind the back of the service, with the rights of whoever owns everything. */
  byHand(sql: string): Promise<unknown>
}

export interface Places {
  kind: 'sqlite' | 'postgres'
  /** A new one, with nothing in it. */
  make(): Promise<Place>
}

/** The suite once for each kind; where no PostgreSQL can be started, its part is skipped with the reason. */
export function describeBoth(suite: (places: Places) => void): void {
  describe('SQLite', () => {
    suite({ kind: 'sqlite', make: makeSqlite })
  })
  describe.skipIf(postgresIsMissing)(`PostgreSQL${postgresIsMissing ?? ''}`, () => {
    const server = useServer()
    suite({ kind: 'postgres', make: () => makePostgres(server()) })
  })
}

/** A server for the tests of a suite. */
export function useServer(options: Parameters<typeof startPostgres>[0] = {}): () => PostgresServer {
  let server: PostgresServer | undefined
  beforeAll(async () => void (server = await startPostgres(options)))
  afterAll(() => server?.close())
  return () => {
    if (server === undefined) throw new Error('the server is not started yet')
    return server
  }
}

async function makeSqlite(): Promise<Place> {
  const path = join(await tempFolder(), 'core.db')
  return {
    url: `sqlite:${path}`,
    byHand: async (sql) => withSqlite(path, (file) => file.exec(sql)),
  }
}

async function makePostgres(server: PostgresServer): Promise<Place> {
  const database = await server.createDatabase()
  const inSchema = (sql: string) => `set search_path = oci_profiles; ${sql}`
  return {
    url: server.url(database),
    byHand: (sql) => server.query(inSchema(sql), database),
  }
}

export function withSqlite<T>(path: string, use: (sqlite: DatabaseSync) => T): T {
  const sqlite = new DatabaseSync(path)
  try {
    return use(sqlite)
  } finally {
    sqlite.close()
  }
}

/** Open until the test is over. */
export async function openAt(url: string, busyLimitMs = 200): Promise<CoreDatabase> {
  const database = await openDatabase(new Secret(url), { busyLimitMs })
  onTestFinished(() => database.close())
  return database
}
