/** The last requests, without anything secret: no headers, no bodies, no tokens. And how many there were. */
import { SERVICES, type Service } from './service.ts'

export interface RequestEntry {
  method: string
  /** Path and query as sent. */
  target: string
  /** `null` for what no service has. */
  service: Service | null
  /** OCID of the user, instance, workload or resource that the request named, true or not. */
  user: string | null
  /** Name of the identity or principal that the request named, true or not. */
  identity: string | null
  /** `null` as long as nothing was answered. */
  status: number | null
  /** When it arrived: ISO 8601, UTC, by the emulator's clock without faults. */
  at: string
  /** Signature, date and digest were right, or what else the service asks for. */
  verified: boolean
}

type Counts = Record<Service, number>

const CAPACITY = 1000

export class RequestLog {
  readonly #entries: RequestEntry[] = []
  readonly #counts = Object.fromEntries(SERVICES.map((service) => [service, 0])) as Counts

  add(entry: RequestEntry): RequestEntry {
    if (entry.service !== null) this.#counts[entry.service]++
    if (this.#entries.length >= CAPACITY) this.#entries.shift()
    this.#entries.push(entry)
    return entry
  }

  /** Oldest first; a copy. */
  entries(): RequestEntry[] {
    return this.#entries.map((entry) => ({ ...entry }))
  }

  /** Requests to each service since the start, good and bad; a copy. */
  counts(): Counts {
    return { ...this.#counts }
  }
}
