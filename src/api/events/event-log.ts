/** The last events, numbered and in the words of server-sent events, for those who come back and say what they saw last. */
import type { EventType, ServiceEvents } from './service-events.ts'

const MOST_EVENTS = 1_000
/** What is larger is told in a word: read again. */
const MOST_BYTES = 64 * 1024

export class EventLog {
  readonly #frames: Buffer[] = []
  /** Number of the newest event. Numbers of a later run are greater, so that those of an earlier one are never mistaken. */
  #latest = Date.now() * 1_000

  get latest(): number {
    return this.#latest
  }

  append<T extends EventType>(type: T, data: ServiceEvents[T]): void {
    this.#latest += 1
    this.#frames.push(frame(this.#latest, type, data))
    if (this.#frames.length > MOST_EVENTS) this.#frames.shift()
  }

  /** The events after that one; `null` when some of them, or that one, are not known. */
  after(id: number): Buffer | null {
    const count = this.#latest - id
    if (!Number.isSafeInteger(id) || count < 0 || count > this.#frames.length) return null
    return count === 0 ? NOTHING : Buffer.concat(this.#frames.slice(-count))
  }
}

const NOTHING = Buffer.alloc(0)

/** One event on the wire. */
export function frame<T extends EventType>(id: number, type: T, data: ServiceEvents[T]): Buffer {
  const bytes = Buffer.from(`id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  return bytes.length > MOST_BYTES ? frame(id, 'reset', { reason: 'too_large' }) : bytes
}
