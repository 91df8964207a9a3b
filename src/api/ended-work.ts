/** Work that nobody waits for any more. */
import type { FastifyReply } from 'fastify'

const controllers = new WeakMap<FastifyReply, AbortController>()

/** Ends the work of a request whose client has gone, or that is given up. */
export function abortedWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  controllers.set(reply, gone)
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return gone.signal
}

/** Gives a request up that has got another answer than that of its work. */
export function endWork(reply: FastifyReply): void {
  controllers.get(reply)?.abort()
}
