/** Looks again and again, and at once when asked to; never twice at the same time. */

export class RepeatedLook {
  readonly #look: () => Promise<void>
  readonly #intervalMs: number
  #timer: NodeJS.Timeout | undefined
  #isLooking = false
  #isAskedFor = false
  #isStopped = false

  /** `look` must not reject. The first one comes after the interval. */
  constructor(look: () => Promise<void>, intervalMs: number) {
    this.#look = look
    this.#intervalMs = intervalMs
    this.#schedule()
  }

  /** A look that runs already may have come too early: one more follows it. */
  now(): void {
    this.#isAskedFor = true
    if (!this.#isLooking) void this.#run()
  }

  stop(): void {
    this.#isStopped = true
    clearTimeout(this.#timer)
  }

  async #run(): Promise<void> {
    clearTimeout(this.#timer)
    this.#isLooking = true
    do {
      this.#isAskedFor = false
      if (!this.#isStopped) await this.#look()
    } while (this.#isAskedFor)
    this.#isLooking = false
    if (!this.#isStopped) this.#schedule()
  }

  #schedule(): void {
    this.#timer = setTimeout(() => void this.#run(), this.#intervalMs).unref()
  }
}
