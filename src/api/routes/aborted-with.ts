/** Work that nobody waits for any more. */
import type { FastifyReply } from 'fastify'

/** Ends the work of a request whose client has gone. */
export function abortedWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return gone.signal
}
