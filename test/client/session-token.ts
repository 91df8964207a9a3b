/** Session tokens in the form that OCI gives them, signed by nobody: nobody here could verify it. */
import type { KeyObject } from 'node:crypto'
import { TENANCY, USER } from './profiles.ts'

export function makeToken(claims: Record<string, unknown> = {}): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = {
    sub: USER,
    tenant: TENANCY,
    iat: secondsFromNow(-60),
    exp: secondsFromNow(3600),
    ...claims,
  }
  return `${encode({ alg: 'RS256', kid: 'asw' })}.${encode(body)}.c2lnbmF0dXJl`
}

/** For that key: OCI puts its public half into the token, as text. */
export function makeTokenFor(publicKey: KeyObject, claims: Record<string, unknown> = {}): string {
  const jwk = { kid: 'Ignored', ...publicKey.export({ format: 'jwk' }) }
  return makeToken({ jwk: JSON.stringify(jwk), ...claims })
}

export function secondsFromNow(seconds: number): number {
  return Math.floor(Date.now() / 1000) + seconds
}
