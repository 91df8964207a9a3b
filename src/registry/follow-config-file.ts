/**
 * The config file as the live source of the profiles: read again when it changes or when somebody asks, one reading after
 * the other. A file that is gone, locked or at fault costs nothing that was there: the last good state stays in force.
 */
import {
  locateConfigFile,
  refuseSpentPipe,
  watchFiles,
  type FileWatch,
  type LocateOptions,
  type WatchFilesOptions,
} from '../config/index.ts'
import { OciProfilesError } from '../errors.ts'
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import { ConfigFileReader, type ConfigFileNews } from './config-file-reader.ts'
import {
  sameView,
  viewConfigFile,
  type ConfigFileView,
  type ConfigReading,
} from './config-file-view.ts'
import { startLoadingProfiles, type LoadingProfiles } from './load-oci-profiles.ts'
import { logDiagnostics } from './log-diagnostics.ts'
import type { ProfileRegistry } from './profile-registry.ts'

export interface ConfigReload {
  reading: ConfigReading
  /** Resolves when what was added or changed has been checked. */
  checked: Promise<void>
}

export interface FollowOptions extends LocateOptions {
  registry: ProfileRegistry
  /** Ends the checks that follow changes. */
  signal?: AbortSignal
  logger?: Logger
  /** Told of every reading that was asked for, and of every other that brought something new. */
  onNews?: (news: ConfigFileNews) => void
  /** How often the file is looked at, besides the system's own news of it, in milliseconds. */
  pollMs?: number
  /** The system's news of folders, for the watch. */
  watch?: WatchFilesOptions['watch']
}

export class ConfigFileFollower {
  readonly #options: FollowOptions
  readonly #logger: Logger
  readonly #file: string
  #view: ConfigFileView
  #reader: ConfigFileReader | null = null
  #watch: FileWatch | null = null
  #diagnostics = ''
  #turn: Promise<unknown> = Promise.resolve()
  #isDue = false

  constructor(options: FollowOptions) {
    this.#options = options
    this.#logger = options.logger ?? SILENT_LOGGER
    this.#file = locateConfigFile(options)
    this.#view = viewConfigFile(this.#file, 'absent')
  }

  get view(): ConfigFileView {
    return this.#view
  }

  /** The first reading, as `startLoadingProfiles`. From here on the file is watched. */
  async load(): Promise<LoadingProfiles> {
    const since = Date.now()
    const first = await startLoadingProfiles(this.#options)
    const { registry, pollMs, watch } = this.#options
    this.#reader = new ConfigFileReader(registry, this.#options, first)
    this.#diagnostics = JSON.stringify(first.diagnostics)
    this.#view = viewConfigFile(this.#file, first.exists ? 'read' : 'absent')
    const files = [this.#file]
    this.#watch = watchFiles({
      files: () => files,
      onChange: () => this.#readSoon(),
      logger: this.#logger,
      pollMs,
      watch,
      since,
    })
    return first
  }

  /** Reads the file now. Rejects with CONFIG_FILE_UNREADABLE; everything is as before then. */
  async reload(): Promise<ConfigReload> {
    await refuseSpentPipe(this.#file)
    return this.#inTurn(() => this.#read(true))
  }

  close(): void {
    this.#watch?.close()
  }

  #readSoon(): void {
    if (this.#isDue) return
    this.#isDue = true
    const reading = this.#inTurn(() => {
      this.#isDue = false
      return this.#read(false)
    })
    reading.catch((error: unknown) => {
      // What a reading rejects with on purpose has been told.
      if (error instanceof OciProfilesError) return
      this.#logger.error({ err: error, file: this.#file }, 'the config file was not read again')
    })
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work)
    this.#turn = result.catch(() => {})
    return result
  }

  async #read(isAsked: boolean): Promise<ConfigReload> {
    const { signal, registry } = this.#options
    if (signal?.aborted || this.#reader === null) {
      throw new OciProfilesError('SHUTTING_DOWN', 'The config file is not followed')
    }
    const { view, reading, fault } = await this.#reader.read(this.#file)
    const isNew = [this.#become(view), reading !== null && this.#note(reading)].some(Boolean)
    if (isNew || isAsked) this.#options.onNews?.({ view: this.#view, reading })
    if (fault !== null) throw fault
    const checks = [...reading.added, ...reading.changed].map((name) =>
      registry.recheck(name, signal),
    )
    return { reading, checked: Promise.all(checks).then(() => {}) }
  }

  /** Whether it is another state than before; one that is at fault is logged once. */
  #become(view: ConfigFileView): boolean {
    if (sameView(this.#view, view)) return false
    this.#view = view
    const { file, state, code, line, message, fix, kept } = view
    if (code !== null) {
      const fields = { code, file, state, line, fix, kept }
      this.#logger.warn(fields, `the profiles stay as they were: ${message}`)
    }
    return true
  }

  /** Whether it brought changes or other faults than before; these are logged. */
  #note({ file, added, changed, removed, kept, diagnostics }: ConfigReading): boolean {
    const text = JSON.stringify(diagnostics)
    const hasOtherFaults = text !== this.#diagnostics
    this.#diagnostics = text
    const counts = {
      added: added.length,
      changed: changed.length,
      removed: removed.length,
      kept: kept.length,
    }
    if (hasOtherFaults) logDiagnostics(file, diagnostics, this.#logger)
    const hasChanges = counts.added + counts.changed + counts.removed > 0
    if (!hasChanges && !hasOtherFaults) return false
    this.#logger.info({ file, ...counts }, 'the config file was read again')
    return true
  }
}
