/** The CORE database in PostgreSQL. */
import { setTimeout as pause } from 'node:timers/promises'
import { Kysely, sql } from 'kysely'
import type { PostgresUrl } from '../../settings/index.ts'
import type {
  CoreDatabase,
  DatabaseListener,
  StoredPrecondition,
  StoredSettings,
} from '../core-database.ts'
import { RunningTasks } from '../running-tasks.ts'
import {
  readStoredSettings,
  toStoredSettings,
  writeStoredSettings,
  type SettingsRow,
  type WriteSteps,
} from '../stored-settings.ts'
import type { CoreTables, Queries } from '../tables.ts'
import { connect, type Connections } from './connect.ts'
import { PoolDialect } from './postgres-dialect.ts'
import { explainFault, makeFault, READ_ONLY } from './postgres-fault.ts'
import { prepareSchema, SCHEMA } from './schema.ts'
import { Sockets } from './sockets.ts'
import { beginWriting } from './begin-writing.ts'
import { withinLimit } from './within-limit.ts'

const CHANNEL = 'oci_profiles_settings'

/** How long a reading or a change may take as a whole, should the server not keep to its limit. */
const TASK_LIMIT_MS = 5_000
/** How long a server may take to say goodbye. */
const CLOSING_LIMIT_MS = 1_000

/**
 * Connects, makes or migrates the schema where needed, and listens.
 * Throws DATABASE_UNAVAILABLE, DATABASE_DENIED, DATABASE_TLS_FAILED, DATABASE_READ_ONLY, DATABASE_TOO_NEW,
 * DATABASE_INVALID. The signal ends an opening that nobody waits for any more.
 */
export async function openPostgres(url: PostgresUrl, signal?: AbortSignal): Promise<CoreDatabase> {
  const sockets = new Sockets()
  const giveUp = () => sockets.destroy()
  signal?.addEventListener('abort', giveUp)
  try {
    const limitMs = url.connectTimeoutS * 1_000 + TASK_LIMIT_MS
    return await withinLimit(limitMs, open(url, sockets), giveUp)
  } catch (error) {
    giveUp()
    throw explainFault(error, url)
  } finally {
    signal?.removeEventListener('abort', giveUp)
  }
}

async function open(url: PostgresUrl, sockets: Sockets): Promise<CoreDatabase> {
  const connections = await connect(url, sockets)
  const dialect = new PoolDialect(connections.pool)
  const queries = new Kysely<CoreTables>({ dialect }).withSchema(SCHEMA)
  await prepareSchema(queries, url)
  await connections.listener.query(`listen ${CHANNEL}`)
  return new PostgresDatabase(url, sockets, connections, queries)
}

const WRITE_STEPS: WriteSteps = {
  begin: beginWriting,
  async announce(transaction, version) {
    await sql`select pg_notify(${CHANNEL}, ${String(version)})`.execute(transaction)
  },
}

class PostgresDatabase implements CoreDatabase {
  readonly kind = 'postgres'
  readonly #url: PostgresUrl
  readonly #sockets: Sockets
  readonly #connections: Connections
  readonly #queries: Queries
  readonly #tasks: RunningTasks
  readonly #taskLimitMs: number
  #isClosing = false

  constructor(url: PostgresUrl, sockets: Sockets, connections: Connections, queries: Queries) {
    this.#url = url
    this.#sockets = sockets
    this.#connections = connections
    this.#queries = queries
    this.#tasks = new RunningTasks(`PostgreSQL at ${url.host}:${url.port}/${url.database}`)
    this.#taskLimitMs = Math.max(url.connectTimeoutS * 1_000, TASK_LIMIT_MS)
  }

  readSettings(): Promise<StoredSettings> {
    return this.#run(() => readStoredSettings(this.#queries))
  }

  /** Asks on the connection that listens: one that is dead would hear of nothing. */
  lookAtSettings(): Promise<StoredSettings> {
    const look = async () => {
      const { rows } = await this.#connections.listener.query<LookRow>(LOOK)
      if (rows[0]?.read_only) throw makeFault(READ_ONLY, this.#url)
      return toStoredSettings(rows)
    }
    return this.#explained(this.#tasks.runAside(() => this.#limited(look)))
  }

  writeSettings(
    changes: Readonly<Record<string, unknown>>,
    precondition?: StoredPrecondition,
  ): Promise<StoredSettings> {
    return this.#run(() => writeStoredSettings(this.#queries, changes, precondition, WRITE_STEPS))
  }

  listen(listener: DatabaseListener): void {
    const client = this.#connections.listener
    const lose = (error: unknown) => {
      if (!this.#isClosing) listener.lost(explainFault(error, this.#url))
    }
    client.on('notification', ({ payload }) => listener.changed(Number(payload)))
    client.on('error', lose)
    client.on('end', () => lose(new Error('terminated')))
  }

  close(): Promise<void> {
    this.#isClosing = true
    return this.#tasks.close(async () => {
      const { listener, pool } = this.#connections
      const goodbye = Promise.allSettled([listener.end(), pool.end()])
      await Promise.race([goodbye, pause(CLOSING_LIMIT_MS)])
      this.#sockets.destroy()
    })
  }

  #run<T>(task: () => Promise<T>): Promise<T> {
    return this.#explained(this.#tasks.run(() => this.#limited(task)))
  }

  #limited<T>(task: () => Promise<T>): Promise<T> {
    return withinLimit(this.#taskLimitMs, task(), () => this.#sockets.destroy())
  }

  async #explained<T>(result: Promise<T>): Promise<T> {
    try {
      return await result
    } catch (error) {
      throw explainFault(error, this.#url)
    }
  }
}

interface LookRow extends SettingsRow {
  read_only: boolean
}

/** A server that became a standby under an open connection says so here. */
const LOOK = `select counted.version, settings.name, settings.value,
    current_setting('transaction_read_only') = 'on' as read_only
  from ${SCHEMA}.settings_version as counted left join ${SCHEMA}.settings as settings on true`
