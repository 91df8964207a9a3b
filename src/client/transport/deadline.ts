/** A timer that runs only while somebody waits. */

export class Deadline {
  readonly #ms: number
  readonly #expire: () => void
  #timer: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(ms: number, expire: () => void) {
    this.#ms = ms
    this.#expire = expire
  }

  /** From now on, whether it ran before or not. */
  start(): void {
    if (this.#isClosed) return
    if (this.#timer) this.#timer.refresh()
    else this.#timer = setTimeout(this.#expire, this.#ms)
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  /** For good. */
  close(): void {
    this.stop()
    this.#isClosed = true
  }
}
