/** A request as it came over the wire, before anybody interprets it. */
import type { IncomingMessage } from 'node:http'

export interface ReceivedRequest {
  /** Upper case. */
  method: string
  /** Path and query, byte for byte as sent (one char per byte). */
  target: string
  /** Lower-case name → every value that was sent under it. */
  headers: ReadonlyMap<string, readonly string[]>
  body: Buffer
}

/** From the raw header list: Node's own `headers` silently drops or joins what was sent twice. */
export function readHeaders(message: IncomingMessage): Map<string, string[]> {
  const headers = new Map<string, string[]>()
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    const name = message.rawHeaders[i]!.toLowerCase()
    const value = message.rawHeaders[i + 1]!
    const values = headers.get(name)
    if (values === undefined) headers.set(name, [value])
    else values.push(value)
  }
  return headers
}

/** The value of a header that was sent exactly once, else `null`. */
export function singleHeader(headers: ReceivedRequest['headers'], name: string): string | null {
  const values = headers.get(name)
  return values?.length === 1 ? values[0]! : null
}
