/** What runs on a database, so that closing can wait for it and nothing begins after it. */
import { OciProfilesError } from '../errors.ts'

export class RunningTasks {
  readonly #running = new Set<Promise<unknown>>()
  readonly #name: string
  #closing: Promise<void> | null = null

  /** `name` is how messages call the database. */
  constructor(name: string) {
    this.#name = name
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.runAside(task)
    this.#running.add(result)
    try {
      return await result
    } finally {
      this.#running.delete(result)
    }
  }

  /** Runs what closing need not wait for, because nothing is lost with it. */
  async runAside<T>(task: () => Promise<T>): Promise<T> {
    if (this.#closing) {
      throw new OciProfilesError('DATABASE_UNAVAILABLE', `${this.#name} is closed`)
    }
    return task()
  }

  /** Calls `close` once, when all that runs has ended. */
  close(close: () => Promise<void>): Promise<void> {
    return (this.#closing ??= Promise.allSettled(this.#running).then(close))
  }
}
