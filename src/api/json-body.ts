/** Bodies: JSON in UTF-8. A parser's own message quotes the body, which may hold a secret: here it gives the place only. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { OciProfilesError } from '../errors.ts'

export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (_request: FastifyRequest, body: Buffer) => parseJson(body),
  )
}

function parseJson(body: Buffer): unknown {
  // A client that always names a media type sends it with requests that have no body, too.
  if (body.length === 0) return undefined
  const text = decode(body)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new OciProfilesError('MALFORMED_JSON', `The body is not JSON${place(error, text)}`)
  }
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new OciProfilesError('MALFORMED_JSON', 'The body is not UTF-8')
  }
}

function place(error: unknown, text: string): string {
  const position = /at position (\d+)/.exec(String(error))?.[1]
  if (position === undefined) return ': it ends too early'
  const before = text.slice(0, Number(position)).split('\n')
  return `: line ${before.length}, column ${before.at(-1)!.length + 1}`
}
