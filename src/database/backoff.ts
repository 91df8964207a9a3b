/** Longer and longer waits between attempts that fail, a little different in each process. */

export interface BackoffOptions {
  /** Wait before the second attempt, in milliseconds; it doubles with each further one. */
  firstDelayMs?: number
  longestDelayMs?: number
  /** From 0 up to 1. Replicas that lost one server at the same moment must not all come back at the same moment. */
  random?: () => number
}

/** Share of a wait that is left to chance. */
const SPREAD = 0.25

export class Backoff {
  readonly #firstMs: number
  readonly #longestMs: number
  readonly #random: () => number
  #failures = 0

  constructor({
    firstDelayMs = 1_000,
    longestDelayMs = 10_000,
    random = Math.random,
  }: BackoffOptions) {
    this.#firstMs = firstDelayMs
    this.#longestMs = longestDelayMs
    this.#random = random
  }

  /** Milliseconds to wait after a further failure. */
  next(): number {
    const fullMs = Math.min(this.#firstMs * 2 ** this.#failures, this.#longestMs)
    this.#failures += 1
    return Math.round(fullMs * (1 - SPREAD * this.#random()))
  }

  reset(): void {
    this.#failures = 0
  }
}
