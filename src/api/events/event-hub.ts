/** Everybody who listens, and what is told to all: events of one moment in one piece, and a sign of life in between. */
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { OciProfilesError } from '../../errors.ts'
import { EventLog, frame } from './event-log.ts'
import { EventStream, type StreamEnd } from './event-stream.ts'
import type { EventType, ServiceEvents } from './service-events.ts'

export interface EventHub {
  readonly openStreams: number
  publish<T extends EventType>(type: T, data: ServiceEvents[T]): void
  /** Throws TOO_MANY_STREAMS. */
  requireRoom(): void
  /** `lastEventId` is what the client saw last, as it says. */
  open(
    response: ServerResponse,
    lastEventId: string | undefined,
    onEnd: (end: StreamEnd) => void,
  ): void
  /** Says good-bye and ends all streams. */
  close(): void
}

const MOST_STREAMS = 200
const HEARTBEAT_MS = 15_000
const HEARTBEAT = Buffer.from(': still here\n\n')

export function createEventHub(version: string): EventHub {
  return new Hub(version)
}

class Hub implements EventHub {
  readonly #log = new EventLog()
  readonly #streams = new Set<EventStream>()
  readonly #hello: ServiceEvents['hello']
  /** Number of the last event that all have been sent. */
  #sent = this.#log.latest
  #isDue = false
  #heartbeat: NodeJS.Timeout | undefined

  constructor(version: string) {
    this.#hello = { started_at: new Date().toISOString(), id: randomUUID(), version }
  }

  get openStreams(): number {
    return this.#streams.size
  }

  publish<T extends EventType>(type: T, data: ServiceEvents[T]): void {
    this.#log.append(type, data)
    if (this.#isDue) return
    this.#isDue = true
    setImmediate(() => this.#flush())
  }

  requireRoom(): void {
    if (this.#streams.size < MOST_STREAMS) return
    throw new OciProfilesError('TOO_MANY_STREAMS', `${MOST_STREAMS} clients listen to events`)
  }

  open(
    response: ServerResponse,
    lastEventId: string | undefined,
    onEnd: (end: StreamEnd) => void,
  ): void {
    if (response.closed || response.destroyed) return onEnd('client left')
    // The others first: what this one sees then is what comes after.
    this.#flush()
    const stream = new EventStream(response, (end) => {
      this.#streams.delete(stream)
      if (this.#streams.size === 0) clearInterval(this.#heartbeat)
      onEnd(end)
    })
    if (this.#streams.size === 0) this.#startHeartbeat()
    this.#streams.add(stream)
    stream.send(this.#welcome(lastEventId))
  }

  close(): void {
    this.publish('service.stopping', {})
    this.#flush()
    for (const stream of this.#streams) stream.close()
  }

  #welcome(lastEventId: string | undefined): Buffer {
    const { latest } = this.#log
    if (lastEventId === undefined) return frame(latest, 'hello', this.#hello)
    const seen = /^\d{1,16}$/.test(lastEventId) ? Number(lastEventId) : NaN
    const missed = this.#log.after(seen)
    if (missed !== null) return Buffer.concat([frame(seen, 'hello', this.#hello), missed])
    const reset = frame(latest, 'reset', { reason: 'unknown_event_id' })
    return Buffer.concat([frame(latest, 'hello', this.#hello), reset])
  }

  #flush(): void {
    this.#isDue = false
    const { latest } = this.#log
    if (latest === this.#sent) return
    const bytes =
      this.#log.after(this.#sent) ?? frame(latest, 'reset', { reason: 'too_many_events' })
    this.#sent = latest
    for (const stream of this.#streams) stream.send(bytes)
  }

  #startHeartbeat(): void {
    this.#heartbeat = setInterval(() => {
      for (const stream of this.#streams) stream.send(HEARTBEAT)
    }, HEARTBEAT_MS).unref()
  }
}
