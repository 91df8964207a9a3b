/** Work that is done once however many wait for it. Each may stop waiting; when nobody is left, the work is given up. */
import { TransportError } from '../transport/index.ts'

interface Run<T> {
  result: Promise<T>
  waiting: number
  abort: () => void
}

export class SharedWork<T> {
  readonly #work: (signal: AbortSignal) => Promise<T>
  #run: Run<T> | null = null

  constructor(work: (signal: AbortSignal) => Promise<T>) {
    this.#work = work
  }

  get isRunning(): boolean {
    return this.#run !== null
  }

  /** The result of the work that is going on, else of new work. Rejects with `CHECK_CANCELLED` when `signal` aborts. */
  async join(signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw cancelled(signal)
    const run = (this.#run ??= this.#start())
    run.waiting += 1
    if (!signal) return run.result
    const { promise: left, reject: leave } = Promise.withResolvers<never>()
    const onAbort = (): void => leave(cancelled(signal))
    signal.addEventListener('abort', onAbort)
    try {
      return await Promise.race([run.result, left])
    } finally {
      signal.removeEventListener('abort', onAbort)
      this.#leave(run)
    }
  }

  #start(): Run<T> {
    const controller = new AbortController()
    const run: Run<T> = {
      waiting: 0,
      abort: () => controller.abort(),
      result: this.#work(controller.signal).finally(() => this.#forget(run)),
    }
    return run
  }

  #leave(run: Run<T>): void {
    run.waiting -= 1
    if (run.waiting > 0 || this.#run !== run) return
    this.#forget(run)
    run.abort()
  }

  #forget(run: Run<T>): void {
    if (this.#run === run) this.#run = null
  }
}

function cancelled({ reason }: AbortSignal): TransportError {
  const message = 'Waiting for the token of the principal was cancelled'
  return new TransportError('CHECK_CANCELLED', message, { cause: reason })
}
