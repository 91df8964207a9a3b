/**
 * Tells when the content of files changes, however it is done: written in place, renamed over, a link that leads
 * elsewhere, removed and made again. The system's news of folders makes it quick; a look at every file in turn stands
 * behind it, because network file systems and containers miss such news. There are so many looks per second, one after
 * the other, so that a disk that does not answer holds up no more than this.
 */
import type { watch as watchFolder } from 'node:fs'
import { SILENT_LOGGER, type Logger } from '../schemas/index.ts'
import { FolderNews } from './folder-news.ts'
import { MAX_CONFIG_BYTES } from './read-bytes.ts'
import { WatchedFile, type FileChange } from './watched-file.ts'

export interface WatchFilesOptions {
  /** The files; asked for anew in every round. The same array means the same files. */
  files: () => readonly string[]
  onChange: (changes: readonly FileChange[]) => void
  /** Larger files are not told apart; 64 MiB by default. */
  maxBytes?: number
  logger?: Logger
  /** How long after the beginning of a round of looks the next one begins, in milliseconds. */
  pollMs?: number
  /** News of a folder; the system's by default. */
  watch?: typeof watchFolder
  /** Since when others may have read the files, in milliseconds since 1970; now by default. */
  since?: number
}

export interface FileWatch {
  close(): void
}

const POLL_MS = 1_000
/** News of one write come in bundles. */
const BUNDLE_MS = 50
/** 250 looks per second at most. */
const STEP_MS = 200
const LOOKS_PER_STEP = 50

export function watchFiles(options: WatchFilesOptions): FileWatch {
  return new Watch(options)
}

class Watch implements FileWatch {
  readonly #options: WatchFilesOptions
  readonly #logger: Logger
  readonly #pollMs: number
  readonly #news: FolderNews
  readonly #watched = new Map<string, WatchedFile>()
  #files: readonly string[] = []
  /** When `files` was last asked for, in milliseconds since 1970. */
  #askedAt: number
  /** Files to be looked at before it is their turn. */
  readonly #urgent = new Set<string>()
  #round: readonly string[] = []
  #next = 0
  #roundBegan = -Infinity
  #isRoundDue = true
  #visited = -Infinity
  #timer: NodeJS.Timeout | undefined
  #wakesAt = Infinity
  #restedAt = -Infinity
  #isAtWork = false
  #isClosed = false

  constructor(options: WatchFilesOptions) {
    this.#options = options
    this.#logger = options.logger ?? SILENT_LOGGER
    this.#pollMs = options.pollMs ?? POLL_MS
    this.#askedAt = options.since ?? Date.now()
    const { watch } = options
    this.#news = new FolderNews({
      onNews: (file) => this.#hear(file),
      logger: this.#logger,
      watch,
    })
    this.#wakeIn(0)
  }

  close(): void {
    this.#isClosed = true
    clearTimeout(this.#timer)
    this.#news.close()
    this.#watched.clear()
  }

  #hear(file: string | null): void {
    if (file !== null) this.#urgent.add(file)
    // Some other name: a link on the way to our files may lead elsewhere now.
    else this.#isRoundDue = true
    this.#wakeIn(BUNDLE_MS)
  }

  /** In so many milliseconds at the latest, but not sooner than the pace allows. */
  #wakeIn(delay: number): void {
    if (this.#isClosed || this.#isAtWork) return
    const now = performance.now()
    const at = Math.max(now + delay, this.#restedAt + STEP_MS)
    if (at >= this.#wakesAt) return
    clearTimeout(this.#timer)
    this.#wakesAt = at
    this.#timer = setTimeout(() => void this.#work(), at - now).unref()
  }

  async #work(): Promise<void> {
    this.#isAtWork = true
    this.#wakesAt = Infinity
    try {
      await this.#step()
    } catch (error) {
      this.#logger.error({ err: error }, 'a change of files did not take effect')
    }
    this.#isAtWork = false
    this.#restedAt = performance.now()
    const isBusy = this.#urgent.size > 0 || this.#isRoundDue || !this.#isRoundOver()
    this.#wakeIn(isBusy ? 0 : this.#roundBegan + this.#pollMs - this.#restedAt)
  }

  async #step(): Promise<void> {
    if (this.#isRoundOver() && (this.#isRoundDue || this.#isPast(this.#roundBegan))) {
      await this.#beginRound()
    }
    const changes: FileChange[] = []
    for (const path of this.#takeBatch()) {
      const change = await this.#watched.get(path)?.look()
      if (change === 'wait') this.#urgent.add(path)
      else if (change) changes.push(change)
    }
    if (changes.length > 0 && !this.#isClosed) this.#options.onChange(changes)
  }

  #isRoundOver(): boolean {
    return this.#next >= this.#round.length
  }

  #isPast(began: number): boolean {
    return performance.now() - began >= this.#pollMs
  }

  async #beginRound(): Promise<void> {
    this.#roundBegan = performance.now()
    this.#isRoundDue = false
    const files = this.#options.files()
    if (files !== this.#files) this.#adopt(files)
    this.#askedAt = Date.now()
    if (this.#isPast(this.#visited)) {
      this.#visited = this.#roundBegan
      await this.#news.visit()
    }
    this.#round = [...this.#watched.keys()]
    this.#next = 0
  }

  #adopt(files: readonly string[]): void {
    const { maxBytes = MAX_CONFIG_BYTES } = this.#options
    const named = new Set(files)
    for (const path of this.#watched.keys()) if (!named.has(path)) this.#watched.delete(path)
    for (const path of named) {
      if (this.#watched.has(path)) continue
      this.#watched.set(path, new WatchedFile(path, this.#askedAt, maxBytes))
    }
    this.#files = files
    this.#news.adopt(named)
    this.#visited = -Infinity
  }

  #takeBatch(): string[] {
    const batch = [...this.#urgent.values().take(LOOKS_PER_STEP)]
    for (const path of batch) this.#urgent.delete(path)
    const end = Math.min(this.#round.length, this.#next + LOOKS_PER_STEP - batch.length)
    while (this.#next < end) batch.push(this.#round[this.#next++]!)
    return batch
  }
}
