/** Clients that ask for a large answer and do not take it: cut off, so that they hold neither memory nor a connection. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Logger } from '../schemas/index.ts'
import { idsOf } from './observe.ts'
import type { TypedApp } from './route.ts'

/** Less than that the system takes off our hands at once. */
const LARGE_BYTES = 64 * 1024

export function cutOffStalled(app: TypedApp, stalledMs: number, logger: Logger): void {
  const cutOff = (request: FastifyRequest, reply: FastifyReply) => {
    logger.info({ ...idsOf(request), after_ms: stalledMs }, 'client took nothing of its answer')
    reply.raw.destroy()
  }
  app.addHook('onSend', (request, reply, payload, done) => {
    // Any progress starts the time anew; with the end of the answer it is over.
    if (isLarge(payload)) reply.raw.setTimeout(stalledMs, () => cutOff(request, reply))
    done(null, payload)
  })
}

/** Of a stream nobody knows. */
function isLarge(payload: unknown): boolean {
  if (typeof payload === 'string' || payload instanceof Uint8Array) {
    return payload.length > LARGE_BYTES
  }
  return typeof payload === 'object' && payload !== null
}
