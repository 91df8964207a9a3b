/** Bodies: JSON in UTF-8. A parser's own message quotes the body, which may hold a secret: here it gives the place only. */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { OciProfilesError } from '../errors.ts'
import { findJsonFault } from '../schemas/index.ts'

export function acceptJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    { parseAs: 'buffer' },
    async (request: FastifyRequest, body: Buffer) => {
      if (body.length > 0) refuseCoding(request.headers['content-encoding'])
      return parseJson(body)
    },
  )
}

function refuseCoding(coding = 'identity'): void {
  if (/^\s*(?:identity)?\s*$/i.test(coding)) return
  throw new OciProfilesError('UNSUPPORTED_MEDIA_TYPE', 'The body is compressed', {
    fix: 'Send the JSON as it is, without Content-Encoding.',
  })
}

function parseJson(body: Buffer): unknown {
  // A client that always names a media type sends it with requests that have no body, too.
  if (body.length === 0) return undefined
  const text = decode(body)
  try {
    return JSON.parse(text)
  } catch {
    const place = findJsonFault(text)
    const where = place ? `: line ${place.line}, column ${place.column}` : ''
    throw new OciProfilesError('MALFORMED_JSON', `The body is not JSON${where}`)
  }
}

function decode(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new OciProfilesError('MALFORMED_JSON', 'The body is not UTF-8')
  }
}
