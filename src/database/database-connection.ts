/**
 * The CORE database of a running service: opened if it can be, tried again in the background while it cannot, and
 * watched for what others change in it.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { OciProfilesError } from '../errors.ts'
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import type { Secret } from '../secret.ts'
import { traced } from '../trace.ts'
import { Backoff, type BackoffOptions } from './backoff.ts'
import type { CoreDatabase, StoredPrecondition, StoredSettings } from './core-database.ts'
import { firstState, nextState, type DatabaseState } from './database-state.ts'
import { databaseKind, openDatabase } from './open-database.ts'
import { RepeatedLook } from './repeated-look.ts'

/** Reads and writes as the database does; they reject with DATABASE_UNAVAILABLE while there is none. */
export interface DatabaseConnection extends Pick<
  CoreDatabase,
  'kind' | 'readSettings' | 'writeSettings' | 'close'
> {
  readonly state: DatabaseState
  /** Calls the listener with every new state, and with every new reason of one. Returns the end of it. */
  subscribe(listener: StateListener): () => void
  /**
   * Calls the listener whenever the stored settings may be others than those that were last read or written here: after
   * every opening in the background, and when somebody else changed them. Returns the end of it.
   */
  onChange(listener: ChangeListener): () => void
}

export type StateListener = (state: DatabaseState) => void
export type ChangeListener = () => void | Promise<void>

/** The signal ends an opening that nobody waits for any more. */
type OpenFunction = (url: Secret, options: { signal: AbortSignal }) => Promise<CoreDatabase>

export interface ConnectionOptions extends BackoffOptions {
  logger?: Logger
  open?: OpenFunction
  /** How often to ask for changes, in milliseconds. */
  lookEveryMs?: number
  /** How long to wait for the first attempt, in milliseconds; it goes on after that. */
  firstWaitMs?: number
}

/** Half of the time within which replicas have to agree. */
const LOOK_EVERY_MS = 1_000
/** A start opens its port after three seconds, whatever the database does. */
const FIRST_WAIT_MS = 2_500

/** Settles after the first attempt, or when it takes too long, whatever came of it; never rejects. */
export async function createDatabaseConnection(
  url: Secret,
  options: ConnectionOptions = {},
): Promise<DatabaseConnection> {
  const connection = new RetryingConnection(url, options)
  await connection.start(options.firstWaitMs ?? FIRST_WAIT_MS)
  return connection
}

class RetryingConnection implements DatabaseConnection {
  readonly #url: Secret
  readonly #logger: Logger
  readonly #open: OpenFunction
  readonly #backoff: Backoff
  readonly #look: RepeatedLook
  readonly #stateListeners = new Set<StateListener>()
  readonly #changeListeners = new Set<ChangeListener>()
  /** Databases that were given up and are not closed yet. */
  readonly #leaving = new Set<Promise<void>>()
  #state: DatabaseState
  #database: CoreDatabase | null = null
  /** The settings that were last read or written. */
  #seen: StoredSettings | null = null
  #timer: NodeJS.Timeout | undefined
  #opening: Promise<void> = Promise.resolve()
  readonly #closing = new AbortController()
  /** No work of the request whose failure has led to it. */
  readonly #reopenApart = AsyncLocalStorage.bind(() => void this.#reopen())

  constructor(url: Secret, options: ConnectionOptions) {
    this.#url = url
    this.#logger = options.logger ?? SILENT_LOGGER
    this.#open = options.open ?? openDatabase
    this.#backoff = new Backoff(options)
    this.#state = firstState(databaseKind(url))
    const look = () => this.#lookForChange()
    this.#look = new RepeatedLook(look, options.lookEveryMs ?? LOOK_EVERY_MS)
  }

  get kind(): CoreDatabase['kind'] {
    return this.#state.kind
  }

  get state(): DatabaseState {
    return this.#state
  }

  subscribe(listener: StateListener): () => void {
    this.#stateListeners.add(listener)
    return () => void this.#stateListeners.delete(listener)
  }

  onChange(listener: ChangeListener): () => void {
    this.#changeListeners.add(listener)
    return () => void this.#changeListeners.delete(listener)
  }

  async readSettings(): Promise<StoredSettings> {
    const stored = await this.#traced('SELECT', () =>
      this.#use((database) => database.readSettings()),
    )
    this.#seen = stored
    return stored
  }

  async writeSettings(
    changes: Readonly<Record<string, unknown>>,
    precondition?: StoredPrecondition,
  ): Promise<StoredSettings> {
    const stored = await this.#traced('UPDATE', () =>
      this.#use((database) => database.writeSettings(changes, precondition)),
    )
    this.#seen = stored
    return stored
  }

  async start(waitMs: number): Promise<void> {
    const waiting = new AbortController()
    const patience = pause(waitMs, 'late', { ref: false, signal: waiting.signal })
    this.#opening = this.#attempt()
    const outcome = await Promise.race([this.#opening, patience.catch(() => {})])
    waiting.abort()
    if (outcome !== 'late') return
    const fact = `The CORE database has not answered within ${waitMs / 1000} s`
    this.#becomeUnavailable(new OciProfilesError('DATABASE_UNAVAILABLE', fact))
  }

  async close(): Promise<void> {
    if (!this.#isClosed()) this.#become(nextState(this.#state, 'closed'))
    this.#closing.abort()
    clearTimeout(this.#timer)
    this.#look.stop()
    await this.#opening
    await this.#database?.close()
    await Promise.all(this.#leaving)
  }

  async #attempt(): Promise<void> {
    try {
      const { signal } = this.#closing
      const database = await this.#open(this.#url, { signal })
      this.#database = database
      if (this.#isClosed()) return
      this.#backoff.reset()
      database.listen({
        changed: (version) => version !== this.#seen?.version && this.#look.now(),
        lost: (fault) => this.#giveUp(database, fault),
      })
      if (this.#state.code !== null) {
        this.#logger.info({ kind: this.kind }, 'CORE database open again')
      }
      this.#become(nextState(this.#state, 'open'))
      this.#seen = null
    } catch (error) {
      this.#retryLater(error)
    }
  }

  #traced<T>(operation: 'SELECT' | 'UPDATE', work: () => Promise<T>): Promise<T> {
    const attributes = {
      'db.system.name': this.kind === 'postgres' ? 'postgresql' : this.kind,
      'db.operation.name': operation,
      'db.collection.name': 'settings',
    }
    return traced(`${operation} settings`, { kind: 'client', attributes }, work)
  }

  /** A database that failed once is opened anew: only that shows whether it is still there and whole. */
  async #use<T>(task: (database: CoreDatabase) => Promise<T>): Promise<T> {
    const database = this.#database
    if (database === null || this.#isClosed()) throw this.#unavailable()
    try {
      return await task(database)
    } catch (error) {
      if (isDatabaseFault(error)) this.#giveUp(database, error)
      throw error
    }
  }

  #giveUp(database: CoreDatabase, error: unknown): void {
    if (this.#database !== database || this.#isClosed()) return
    this.#database = null
    // The failure that led here is the one to tell of.
    const left = database.close().catch(() => {})
    this.#leaving.add(left)
    void left.then(() => this.#leaving.delete(left))
    this.#retryLater(error)
  }

  #retryLater(error: unknown): void {
    if (this.#isClosed()) return
    this.#becomeUnavailable(asFault(error))
    this.#timer = setTimeout(this.#reopenApart, this.#backoff.next()).unref()
  }

  async #reopen(): Promise<void> {
    this.#opening = this.#attempt()
    await this.#opening
    this.#look.now()
  }

  /** Says each reason once, however often it comes back. */
  #becomeUnavailable(fault: OciProfilesError): void {
    const { state, message } = this.#state
    if (state === 'unavailable' && message === fault.message) return
    this.#logger.warn(
      { code: fault.code, fix: fault.fix },
      `CORE database unavailable: ${fault.message}`,
    )
    this.#become(nextState(this.#state, 'unavailable', fault))
  }

  #become(state: DatabaseState): void {
    this.#state = state
    for (const listener of [...this.#stateListeners]) {
      try {
        listener(state)
      } catch (error) {
        this.#logger.error({ err: error }, 'The state of the CORE database was not told everywhere')
      }
    }
  }

  async #lookForChange(): Promise<void> {
    if (this.#database === null) return
    // A failure has its effect on the state already.
    const found = await this.#use((database) => database.lookAtSettings()).catch(() => null)
    const seen = this.#seen
    if (found === null || isSame(found, seen) || this.#changeListeners.size === 0) return
    for (const listener of [...this.#changeListeners]) await this.#tell(listener)
    // Whoever heard of it has read the settings; if not, once is enough all the same.
    if (this.#seen === seen) this.#seen = found
  }

  async #tell(listener: ChangeListener): Promise<void> {
    try {
      await listener()
    } catch (error) {
      // A database that failed meanwhile is told of by the state, and what it holds is told of when it is back.
      if (error instanceof OciProfilesError && isDatabaseFault(error)) return
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

/** Any other error with a code of its own is the caller's: a precondition that does not hold, for example. */
function isDatabaseFault(error: unknown): boolean {
  return !(error instanceof OciProfilesError) || error.code.startsWith('DATABASE_')
}

function isSame(found: StoredSettings, seen: StoredSettings | null): boolean {
  return (
    seen !== null && found.version === seen.version && isDeepStrictEqual(found.values, seen.values)
  )
}

function asFault(error: unknown): OciProfilesError {
  if (error instanceof OciProfilesError) return error
  return new OciProfilesError('DATABASE_UNAVAILABLE', 'The CORE database failed', { cause: error })
}
