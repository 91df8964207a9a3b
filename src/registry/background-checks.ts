/** Checks that no caller waits for: so many at once, and known by their profile while they wait or run. */
import { createLimiter, type Limiter } from './limiter.ts'

export class BackgroundChecks {
  readonly #concurrency: () => number
  readonly #limiter: Limiter
  readonly #running = new Map<string, Promise<unknown>>()

  constructor(concurrency: () => number) {
    this.#concurrency = concurrency
    this.#limiter = createLimiter(concurrency)
  }

  async run(key: string, check: () => Promise<unknown>): Promise<void> {
    const running = this.#limiter.run(check)
    this.#running.set(key, running)
    try {
      await running
    } finally {
      if (this.#running.get(key) === running) this.#running.delete(key)
    }
  }

  /** The latest check of that key, waiting or running. */
  of(key: string): Promise<unknown> | undefined {
    return this.#running.get(key)
  }

  /** Whether as many wait or run as may run. */
  isBusy(): boolean {
    return this.#running.size >= this.#concurrency()
  }

  waiting(): number {
    return this.#limiter.waiting()
  }

  /** To be called when the limit has changed. */
  adjust(): void {
    this.#limiter.adjust()
  }
}
