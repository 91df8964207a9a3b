/** The last requests, without anything secret: no headers, no bodies, no tokens. */

export interface RequestEntry {
  method: string
  /** Path and query as sent. */
  target: string
  /** OCID of the user that the request named, true or not. */
  user: string | null
  /** Name of the identity that the request named, true or not. */
  identity: string | null
  /** `null` as long as nothing was answered. */
  status: number | null
  /** When it arrived: ISO 8601, UTC, by the emulator's clock without faults. */
  at: string
  /** Signature, date and digest were right. */
  verified: boolean
}

const CAPACITY = 1000

export class RequestLog {
  readonly #entries: RequestEntry[] = []

  add(entry: RequestEntry): RequestEntry {
    if (this.#entries.length >= CAPACITY) this.#entries.shift()
    this.#entries.push(entry)
    return entry
  }

  /** Oldest first; a copy. */
  entries(): RequestEntry[] {
    return this.#entries.map((entry) => ({ ...entry }))
  }
}
