/** Is the request signed as OCI demands, by someone known, just now, and for this very body? */
import { constants, createHash, verify, type KeyObject } from 'node:crypto'
import type { Authorization } from './authorization-header.ts'
import { parseHttpDate, refuseSkew } from './clock-skew.ts'
import { singleHeader, type ReceivedRequest } from './received-request.ts'
import { BAD_SIGNATURE, NOT_IDENTIFIED, type Refusal } from './refusals.ts'
import type { Signer } from './signer-lookup.ts'
import { buildSigningString, REQUEST_TARGET } from './signing-string.ts'

/**
 * What a route wants signed. `upload`: without the body, as the SDKs sign PutObject. `certificate`: without the host, as some
 * SDKs sign federation.
 */
export type SigningRule = 'standard' | 'upload' | 'certificate'

export type Verdict =
  | ({ verified: true } & Omit<Signer, 'key'>)
  | { verified: false; refusal: Refusal }

const DATES = ['date', 'x-date']
const BODY_HEADERS = ['content-length', 'content-type', 'x-content-sha256']
const METHODS_WITH_BODY = new Set(['POST', 'PUT', 'PATCH'])

export interface Verification {
  request: ReceivedRequest
  /** `null`: none was sent, or none that can be read. */
  authorization: Authorization | null
  rule: SigningRule
  /** The clock of the service, in milliseconds. */
  now: number
  findSigner: (keyId: string, now: number) => Signer | null
}

export function verifyRequest(verification: Verification): Verdict {
  const { request, authorization, rule, now } = verification
  if (authorization === null) return refuse(NOT_IDENTIFIED)
  const names = authorization.headers
  if (!coversEnough(names, request.method, rule)) return refuse(NOT_IDENTIFIED)
  const text = buildSigningString(request, names)
  if (text === null) return refuse(NOT_IDENTIFIED)

  const badDate = refuseDate(request, names, now)
  if (badDate !== null) return refuse(badDate)

  const signer = verification.findSigner(authorization.keyId, now)
  if (signer === null) return refuse(NOT_IDENTIFIED)
  if (!isSignedBy(signer.key, text, authorization.signature)) return refuse(BAD_SIGNATURE)
  if (!digestHolds(request, names)) return refuse(BAD_SIGNATURE)
  const { caller, token } = signer
  return { verified: true, caller, token }
}

function coversEnough(names: readonly string[], method: string, rule: SigningRule): boolean {
  if (!DATES.some((name) => names.includes(name))) return false
  if (!names.includes(REQUEST_TARGET)) return false
  if (rule !== 'certificate' && !names.includes('host')) return false
  if (rule === 'upload' || !METHODS_WITH_BODY.has(method)) return true
  return BODY_HEADERS.every((name) => names.includes(name))
}

/** Every date that was signed has to be near: which of two was meant is not ours to choose. */
function refuseDate(
  request: ReceivedRequest,
  names: readonly string[],
  now: number,
): Refusal | null {
  for (const name of DATES) {
    if (!names.includes(name)) continue
    const date = parseHttpDate(singleHeader(request.headers, name) ?? '')
    if (date === null) return NOT_IDENTIFIED
    const skewed = refuseSkew(date, now)
    if (skewed !== null) return skewed
  }
  return null
}

function isSignedBy(key: KeyObject, text: string, signature: Buffer): boolean {
  const padding = constants.RSA_PKCS1_PADDING
  return verify('RSA-SHA256', Buffer.from(text, 'latin1'), { key, padding }, signature)
}

function digestHolds(request: ReceivedRequest, names: readonly string[]): boolean {
  if (!names.includes('x-content-sha256')) return true
  const digest = createHash('sha256').update(request.body).digest('base64')
  return singleHeader(request.headers, 'x-content-sha256') === digest
}

export function refuse(refusal: Refusal): Verdict {
  return { verified: false, refusal }
}
