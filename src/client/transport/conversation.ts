/**
 * One request and its answer over a pool of undici: deadlines that hold to the millisecond, cancelling in every phase,
 * an answer whose body flows as it is read. What the outcome means to others is told by http-client.ts.
 */
import type { Dispatcher } from 'undici'
import { Deadline } from './deadline.ts'
import { dropUpload, watchUpload, type Payload } from './payload.ts'
import { answerOf } from './answer.ts'
import type { ExchangeFacts } from './fault-verdict.ts'
import { cancelled, readTimeout, toTransportError } from './transport-fault.ts'

export interface OutgoingRequest {
  method: string
  url: URL
  /** Name, value, name, value. */
  headers: string[]
  body: Payload
}

export interface ConversationLimits {
  /** While the other side is waited for: to take the body, to answer, to go on with its answer. */
  readTimeoutMs: number
  signal?: AbortSignal
}

/**
 * Resolves with the head of the answer, whose body errors with a `TransportError` when it breaks off. Rejects with a
 * `TransportError` too, but for mistakes in the request and failures of the stream that is its body: these stay as they are.
 */
export function converse(
  pool: Dispatcher,
  request: OutgoingRequest,
  limits: ConversationLimits,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const conversation = new Conversation(request, limits, resolve, reject)
    if (conversation.isOver) return
    pool.dispatch(
      {
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method,
        headers: request.headers,
        body: watchUpload(request.body, conversation) as Dispatcher.DispatchOptions['body'],
      },
      conversation,
    )
  })
}

/** `host:port`, the port also where the URL leaves it out. */
function addressOf({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
}

class Conversation implements Dispatcher.DispatchHandler {
  readonly #request: OutgoingRequest
  readonly #limits: ConversationLimits
  readonly #resolve: (response: Response) => void
  readonly #reject: (error: Error) => void
  readonly #startedAt = performance.now()
  readonly #deadline: Deadline
  #controller: Dispatcher.DispatchController | null = null
  #body: ReadableStreamDefaultController<Uint8Array> | null = null
  #answer: Response | null = null
  /** `null` until the answer was given. */
  #receivedBytes: number | null = null
  /** Nobody reads the body any more. */
  #isDropped = false
  #isOver = false

  constructor(
    request: OutgoingRequest,
    limits: ConversationLimits,
    resolve: (response: Response) => void,
    reject: (error: Error) => void,
  ) {
    this.#request = request
    this.#limits = limits
    this.#resolve = resolve
    this.#reject = reject
    this.#deadline = new Deadline(limits.readTimeoutMs, () =>
      this.#fail(readTimeout(this.#facts(), limits.readTimeoutMs)),
    )
    limits.signal?.addEventListener('abort', this.#onAbort)
    if (limits.signal?.aborted) this.#onAbort()
  }

  get isOver(): boolean {
    return this.#isOver
  }

  /** The other side is waited for, from now on. */
  waitForPeer(): void {
    this.#deadline.start()
  }

  /** Our own side is waited for: no deadline runs. */
  waitForUs(): void {
    this.#deadline.stop()
  }

  sourceFailed(error: Error): void {
    this.#fail(error)
  }

  /** The connection is there. undici opens it even for a request that is over by now. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller
    if (this.#isOver) controller.abort(new Error('over'))
    else this.#deadline.start()
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
    statusText?: string,
  ): void {
    if (status < 200 || this.#isOver) return
    try {
      this.#answer = answerOf(status, statusText ?? '', headers, this.#openBody())
    } catch (error) {
      return this.#fail(error as Error)
    }
    if (this.#answer.body) this.#giveAnswer(this.#answer)
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#isOver || !this.#body) return
    this.#receivedBytes = (this.#receivedBytes ?? 0) + chunk.length
    this.#body.enqueue(chunk)
    if ((this.#body.desiredSize ?? 0) > 0) return this.#deadline.start()
    controller.pause()
    this.#deadline.stop()
  }

  /** undici takes a turn of the event loop to put the connection back: whoever waits for the end finds it there. */
  onResponseEnd(): void {
    if (this.#isOver) return
    this.#finish()
    setImmediate(() => setImmediate(() => this.#end()))
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(toTransportError(error, this.#facts()))
  }

  #giveAnswer(answer: Response): void {
    this.#receivedBytes = 0
    this.#resolve(answer)
  }

  #end(): void {
    if (this.#receivedBytes === null && this.#answer) this.#giveAnswer(this.#answer)
    else if (!this.#isDropped) this.#body?.close()
  }

  /** A stream that asks for data when its reader does, and gives up the connection when its reader does. */
  #openBody(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      {
        start: (body) => {
          this.#body = body
        },
        pull: () => {
          if (this.#isOver) return
          this.#deadline.start()
          this.#controller?.resume()
        },
        cancel: () => {
          this.#isDropped = true
          if (this.#isOver) return
          this.#finish()
          this.#controller?.abort(new Error('no longer read'))
        },
      },
      { highWaterMark: 64 * 1024, size: (chunk) => chunk.byteLength },
    )
  }

  readonly #onAbort = (): void => {
    this.#fail(cancelled(this.#facts(), this.#limits.signal?.reason))
  }

  #fail(error: Error): void {
    if (this.#isOver) return
    this.#finish()
    if (this.#receivedBytes !== null) this.#body?.error(error)
    else this.#reject(error)
    this.#controller?.abort(error)
    dropUpload(this.#request.body)
  }

  #finish(): void {
    this.#isOver = true
    this.#deadline.close()
    this.#limits.signal?.removeEventListener('abort', this.#onAbort)
  }

  #facts(): ExchangeFacts {
    return {
      address: addressOf(this.#request.url),
      elapsedMs: performance.now() - this.#startedAt,
      receivedBytes: this.#receivedBytes,
    }
  }
}
