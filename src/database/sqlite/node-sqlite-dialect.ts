/** Kysely on Node's own SQLite. Transactions are for writing: they take the lock at their begin, and wait for it. */
import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import {
  CompiledQuery,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDatabase,
} from 'kysely'
import { whileBusy } from './busy.ts'

export class NodeSqliteDialect extends SqliteDialect {
  readonly #database: DatabaseSync
  readonly #busyLimitMs: number

  constructor(database: DatabaseSync, busyLimitMs: number) {
    super({ database: adapt(database) })
    this.#database = database
    this.#busyLimitMs = busyLimitMs
  }

  override createDriver(): Driver {
    return new NodeSqliteDriver(this.#database, this.#busyLimitMs)
  }
}

class NodeSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync
  readonly #busyLimitMs: number

  constructor(database: DatabaseSync, busyLimitMs: number) {
    super({ database: adapt(database) })
    this.#database = database
    this.#busyLimitMs = busyLimitMs
  }

  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const begin = CompiledQuery.raw('begin immediate')
    await whileBusy(this.#busyLimitMs, () => connection.executeQuery(begin))
  }

  /** A full disk makes SQLite roll back by itself; a second time would fail and hide the reason. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#database.isTransaction) await super.rollbackTransaction(connection)
  }
}

/** Node's statements in the shape that Kysely expects. */
function adapt(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => database.close(),
    prepare(sql) {
      const statement = database.prepare(sql)
      const bind = (parameters: readonly unknown[]) => parameters as SQLInputValue[]
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...bind(parameters)),
        run: (parameters) => statement.run(...bind(parameters)),
        iterate: (parameters) => statement.iterate(...bind(parameters)),
      }
    },
  }
}
