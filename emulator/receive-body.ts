/** The body of a request, up to a limit. */
import type { IncomingMessage } from 'node:http'

/** `null` for a body over the limit (its rest is left unread). Rejects when the client breaks off. */
export async function receiveBody(
  message: IncomingMessage,
  maxBytes: number,
): Promise<Buffer | null> {
  if (Number(message.headers['content-length'] ?? 0) > maxBytes) return null
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of message.iterator({ destroyOnReturn: false })) {
    length += (piece as Buffer).length
    if (length > maxBytes) return null
    pieces.push(piece as Buffer)
  }
  return Buffer.concat(pieces)
}
