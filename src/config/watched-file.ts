/** One file that is watched: what it was like when it was last looked at, and whether it is being written. */
import { digestOf, stampOf, type FileStamp } from './file-look.ts'

export interface FileChange {
  path: string
  /** When it was changed at the latest, in milliseconds since 1970. */
  changedAt: number
  /** True when it was changed after it was named and before it was first looked at: somebody may have read it so. */
  isEarly: boolean
}

/** So long nobody must have written for a change to count as done; a file that never rests is read all the same. */
const QUIET_MS = 150
const PATIENCE_MS = 1_000
/** File systems keep times less exactly than the clock. */
const CLOCK_GRAIN_MS = 20

export class WatchedFile {
  readonly #path: string
  readonly #namedAt: number
  readonly #maxBytes: number
  /** `null` before the first look. */
  #digest: string | null = null
  #stamp = ''
  /** A change that may still be going on: since when, and its last stamp. */
  #change: { stamp: string; began: number; seenAt: number } | null = null

  /** `namedAt`: since when others may have read it, in milliseconds since 1970. */
  constructor(path: string, namedAt: number, maxBytes: number) {
    this.#path = path
    this.#namedAt = namedAt
    this.#maxBytes = maxBytes
  }

  /** What has changed since the last look; `wait` when that is not sure yet. Rejects with nothing. */
  async look(): Promise<FileChange | 'wait' | null> {
    const stamp = await stampOf(this.#path)
    if (this.#digest === null) return this.#firstLook(stamp)
    if (stamp.text === this.#stamp) {
      this.#change = null
      return null
    }
    if (!this.#isDone(stamp)) return 'wait'
    const before = this.#digest
    await this.#take(stamp)
    return before === this.#digest ? null : this.#changed(stamp, false)
  }

  async #firstLook(stamp: FileStamp): Promise<FileChange | null> {
    await this.#take(stamp)
    const change = this.#changed(stamp, true)
    return stamp.kind === 'file' && change.changedAt >= this.#namedAt ? change : null
  }

  async #take(stamp: FileStamp): Promise<void> {
    this.#digest = await digestOf(this.#path, stamp, this.#maxBytes)
    this.#stamp = stamp.text
    this.#change = null
  }

  #changed({ changedAt }: FileStamp, isEarly: boolean): FileChange {
    return { path: this.#path, changedAt: changedAt + CLOCK_GRAIN_MS, isEarly }
  }

  /** Whether the change that the stamp shows has come to an end. */
  #isDone({ text: stamp }: FileStamp): boolean {
    const now = performance.now()
    this.#change ??= { stamp, began: now, seenAt: now }
    if (now - this.#change.began >= PATIENCE_MS) return true
    if (this.#change.stamp === stamp) return now - this.#change.seenAt >= QUIET_MS
    this.#change = { ...this.#change, stamp, seenAt: now }
    return false
  }
}
