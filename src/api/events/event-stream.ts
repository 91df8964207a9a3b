/** One client that listens. What it does not take in time is not kept for it: it is cut off, and may come back. */
import type { ServerResponse } from 'node:http'

/** As many bytes may wait for a client, besides what is just being sent. */
const MOST_WAITING = 1024 * 1024
/** So long a client has to take the last of it. */
const FAREWELL_MS = 500

export type StreamEnd = 'client left' | 'too slow' | 'service stops'

export class EventStream {
  readonly #response: ServerResponse
  readonly #onEnd: (end: StreamEnd) => void
  #end: StreamEnd = 'client left'

  /** The head is sent already. `onEnd` is called once, when the connection is over. */
  constructor(response: ServerResponse, onEnd: (end: StreamEnd) => void) {
    this.#response = response
    this.#onEnd = onEnd
    response.once('close', () => this.#onEnd(this.#end))
    // A connection that breaks is over, which is told by its close.
    response.on('error', () => {})
  }

  send(bytes: Buffer): void {
    const response = this.#response
    if (response.writableEnded || response.destroyed || bytes.length === 0) return
    if (response.writableLength > MOST_WAITING) {
      this.#end = 'too slow'
      response.destroy()
      return
    }
    response.write(bytes)
  }

  close(): void {
    this.#end = 'service stops'
    this.#response.end()
    setTimeout(() => this.#response.destroy(), FAREWELL_MS).unref()
  }
}
