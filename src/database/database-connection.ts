/** The CORE database of a running service: opened if it can be, tried again in the background while it cannot. */
import { OciProfilesError } from '../errors.ts'
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import type { Secret } from '../secret.ts'
import type { CoreDatabase } from './core-database.ts'
import { becomeState, type DatabaseState } from './database-state.ts'
import { openDatabase } from './open-database.ts'

/** Reads and writes as the database does; they reject with DATABASE_UNAVAILABLE while there is none. */
export interface DatabaseConnection extends CoreDatabase {
  readonly state: DatabaseState
  /** Calls the listener after every opening in the background. Returns the end of it. */
  onOpen(listener: OpenListener): () => void
}

export type OpenListener = () => void | Promise<void>

export interface ConnectionOptions {
  logger?: Logger
  open?: (url: Secret) => Promise<CoreDatabase>
  /** Wait before the second attempt, in milliseconds; it doubles with each further one. */
  firstDelayMs?: number
  longestDelayMs?: number
}

/** Settles after the first attempt, whatever came of it; never rejects. */
export async function createDatabaseConnection(
  url: Secret,
  options: ConnectionOptions = {},
): Promise<DatabaseConnection> {
  const connection = new RetryingConnection(url, options)
  await connection.connect()
  return connection
}

class RetryingConnection implements DatabaseConnection {
  readonly kind = 'sqlite'
  readonly #url: Secret
  readonly #logger: Logger
  readonly #open: (url: Secret) => Promise<CoreDatabase>
  readonly #firstDelayMs: number
  readonly #longestDelayMs: number
  readonly #listeners = new Set<OpenListener>()
  #state = becomeState(null, 'unavailable')
  #database: CoreDatabase | null = null
  #delayMs: number
  #timer: NodeJS.Timeout | undefined
  #connecting: Promise<void> = Promise.resolve()

  constructor(url: Secret, options: ConnectionOptions) {
    this.#url = url
    this.#logger = options.logger ?? SILENT_LOGGER
    this.#open = options.open ?? openDatabase
    this.#firstDelayMs = options.firstDelayMs ?? 1_000
    this.#longestDelayMs = options.longestDelayMs ?? 30_000
    this.#delayMs = this.#firstDelayMs
  }

  get state(): DatabaseState {
    return this.#state
  }

  onOpen(listener: OpenListener): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  readSettings(): ReturnType<CoreDatabase['readSettings']> {
    return this.#use((database) => database.readSettings())
  }

  writeSettings(changes: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#use((database) => database.writeSettings(changes))
  }

  connect(): Promise<void> {
    this.#connecting = this.#attempt()
    return this.#connecting
  }

  async close(): Promise<void> {
    this.#state = becomeState(this.#state, 'closed')
    clearTimeout(this.#timer)
    await this.#connecting
    await this.#database?.close()
    this.#database = null
  }

  async #attempt(): Promise<void> {
    try {
      this.#database = await this.#open(this.#url)
      if (this.#isClosed()) return
      this.#delayMs = this.#firstDelayMs
      this.#state = becomeState(this.#state, 'open')
    } catch (error) {
      this.#retryLater(error)
    }
  }

  /** A database that failed once is opened anew: only that shows whether it is still there and whole. */
  async #use<T>(task: (database: CoreDatabase) => Promise<T>): Promise<T> {
    const database = this.#database
    if (database === null || this.#isClosed()) throw this.#unavailable()
    try {
      return await task(database)
    } catch (error) {
      if (this.#database === database) await this.#giveUp(database, error)
      throw error
    }
  }

  async #giveUp(database: CoreDatabase, error: unknown): Promise<void> {
    this.#database = null
    this.#retryLater(error)
    // The failure that led here is the one to tell of.
    await database.close().catch(() => {})
  }

  #retryLater(error: unknown): void {
    if (this.#isClosed()) return
    this.#becomeUnavailable(asFault(error))
    this.#timer = setTimeout(() => void this.#reconnect(), this.#delayMs).unref()
    this.#delayMs = Math.min(this.#delayMs * 2, this.#longestDelayMs)
  }

  /** Says each reason once, however often it comes back. */
  #becomeUnavailable(fault: OciProfilesError): void {
    const { state, message } = this.#state
    if (state === 'unavailable' && message === fault.message) return
    this.#state = becomeState(this.#state, 'unavailable', fault)
    this.#logger.warn(
      { code: fault.code, fix: fault.fix },
      `CORE database unavailable: ${fault.message}`,
    )
  }

  async #reconnect(): Promise<void> {
    await this.connect()
    if (this.#state.state !== 'open') return
    this.#logger.info({ kind: this.kind }, 'CORE database open again')
    for (const listener of this.#listeners) if (!this.#isClosed()) await this.#notify(listener)
  }

  async #notify(listener: OpenListener): Promise<void> {
    try {
      await listener()
    } catch (error) {
      this.#logger.error({ err: error }, 'The settings in the CORE database were not applied')
    }
  }

  #unavailable(): OciProfilesError {
    const fact = this.#isClosed() ? 'The CORE database is closed' : this.#state.message
    return new OciProfilesError('DATABASE_UNAVAILABLE', fact ?? 'The CORE database is not open', {
      fix: this.#state.fix ?? undefined,
    })
  }

  #isClosed(): boolean {
    return this.#state.state === 'closed'
  }
}

function asFault(error: unknown): OciProfilesError {
  if (error instanceof OciProfilesError) return error
  return new OciProfilesError('DATABASE_UNAVAILABLE', 'The CORE database failed', { cause: error })
}
