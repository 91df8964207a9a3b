/** JSON web tokens, RS256 only: signed, and verified to be our own. What they claim is not looked at here. */
import { sign, verify, type KeyObject } from 'node:crypto'
import { parseJsonObject, type JsonObject } from './json-object.ts'

export function signJwt(kid: string, claims: object, key: KeyObject): string {
  const signed = `${encode({ kid, alg: 'RS256' })}.${encode(claims)}`
  const signature = sign('RSA-SHA256', Buffer.from(signed), key)
  return `${signed}.${signature.toString('base64url')}`
}

/** The claims of a token that was signed with this key, `null` for any other text. */
export function verifyJwt(token: string, key: KeyObject): JsonObject | null {
  const [header = '', payload = '', signature = '', ...rest] = token.split('.')
  if (rest.length > 0) return null
  const bytes = Buffer.from(signature, 'base64url')
  // Only the one spelling: Node's decoder skips what it does not know.
  if (bytes.toString('base64url') !== signature) return null
  const signed = Buffer.from(`${header}.${payload}`)
  return verify('RSA-SHA256', signed, key, bytes) ? decodePart(payload) : null
}

/** What a token claims, true or not; `null` for what is not a token. */
export function readUnverified(token: string): JsonObject | null {
  return decodePart(token.split('.')[1] ?? '')
}

function decodePart(part: string): JsonObject | null {
  return parseJsonObject(Buffer.from(part, 'base64url'))
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
