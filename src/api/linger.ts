/**
 * Answers that come before the body was read. A connection that is closed with bytes that nobody has read is reset, and
 * a client that is still sending would never see why it was refused. So it gets the answer at once, and the rest of its
 * body is thrown away before the connection goes on or ends.
 */
import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type { FastifyRequest } from 'fastify'
import type { TypedApp } from './route.ts'

const MOST_BYTES = 64 * 1024 * 1024
const MOST_MS = 5_000

/** To be called after other hooks that look at an answer: it is a stream from here on. */
export function lingerAtRefusals(app: TypedApp): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const isRefused = reply.statusCode >= 400 && typeof payload === 'string'
    if (!isRefused || !hasUnreadBody(request)) return done(null, payload)
    void reply.header('content-length', Buffer.byteLength(payload))
    done(null, Readable.from(followedBySilence(payload, request.raw)))
  })
}

function hasUnreadBody({ headers, raw }: FastifyRequest): boolean {
  if (raw.complete || raw.readableEnded) return false
  return 'transfer-encoding' in headers || Number(headers['content-length'] ?? 0) > 0
}

/** The answer is whole with its first piece; its end is only that of the connection. */
async function* followedBySilence(
  answer: string,
  request: IncomingMessage,
): AsyncGenerator<string> {
  yield answer
  await discardRest(request)
}

/** Resolves when nothing more will come; ends the connection of who sends too much or too slowly. Rejects with nothing. */
function discardRest(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0
    const giveUp = () => void request.destroy()
    const timer = setTimeout(giveUp, MOST_MS)
    const finish = () => {
      clearTimeout(timer)
      resolve()
    }
    request
      .on('error', () => {})
      .once('end', finish)
      .once('close', finish)
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > MOST_BYTES) giveUp()
    })
    if (request.complete || request.destroyed) finish()
  })
}
