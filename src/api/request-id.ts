/** Ids of requests: the caller's, when it is a plain word, else one of our own. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

const PLAIN = /^[A-Za-z0-9._-]{1,64}$/

export function createRequestId({ headers }: Pick<IncomingMessage, 'headers'>): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && PLAIN.test(given) ? given : randomUUID()
}
