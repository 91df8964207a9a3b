/** Kysely on `pg`. */
import { PostgresDialect, PostgresDriver, type Driver } from 'kysely'
import type { Pool } from 'pg'

type Connection = Parameters<PostgresDriver['rollbackTransaction']>[0]

export class PoolDialect extends PostgresDialect {
  readonly #pool: Pool

  constructor(pool: Pool) {
    super({ pool })
    this.#pool = pool
  }

  override createDriver(): Driver {
    return new PoolDriver({ pool: this.#pool })
  }
}

class PoolDriver extends PostgresDriver {
  /** What cannot be rolled back has no connection any more; the reason for that is the one to tell of. */
  override async rollbackTransaction(connection: Connection): Promise<void> {
    await super.rollbackTransaction(connection).catch(() => {})
  }
}
