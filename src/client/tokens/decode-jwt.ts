/** JSON Web Token in compact form → header and claims. Strict on the form; the signature is for OCI to verify, the key is there. */

export interface DecodedJwt {
  header: Record<string, unknown>
  claims: Record<string, unknown>
}

const MAX_CHARACTERS = 64 * 1024
const BASE64URL = /^[A-Za-z0-9_-]+$/

/** Throws an `Error` whose message goes after the name of the token ("has 2 parts and not 3") and holds nothing of it. */
export function decodeJwt(token: string): DecodedJwt {
  if (token.length > MAX_CHARACTERS) throw new Error('is longer than 64 KiB')
  if (/[\r\n]/.test(token)) throw new Error('has line breaks in it; a token is one line')
  const parts = token.split('.', 5)
  const [header, claims] = parts
  if (parts.length !== 3 || header === undefined || claims === undefined) {
    throw new Error(`has ${parts.length > 4 ? 'many' : parts.length} parts and not 3`)
  }
  if (!parts.every((part) => BASE64URL.test(part))) throw new Error('is not base64url')
  return { header: readPart(header, 'header'), claims: readPart(claims, 'claims') }
}

function readPart(part: string, name: string): Record<string, unknown> {
  const value = parseJson(part)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>
  }
  throw new Error(`has no JSON object as its ${name}`)
}

function parseJson(part: string): unknown {
  try {
    const bytes = Buffer.from(part, 'base64url')
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return null
  }
}
