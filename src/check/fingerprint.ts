/**
 * Fingerprints as OCI writes them: the MD5 of the public key in DER, 16 hex pairs with colons. Upper case is the same
 * fingerprint and is accepted; what is no MD5 fingerprint is told apart. Pure.
 */
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { errorFinding } from './finding.ts'
import { writingFault } from './writing-fault.ts'

const FINGERPRINT = /^[0-9a-f]{2}(?::[0-9a-f]{2}){15}$/i
/** Sixteen pairs and not more, with other text before or behind them. */
const WITHIN =
  /(?<!(?:^|[^0-9a-z])[0-9a-f]{2}:|[0-9a-f])[0-9a-f]{2}(?::[0-9a-f]{2}){15}(?![0-9a-f:])/i

export function isFingerprint(value: string): boolean {
  return FINGERPRINT.test(value)
}

/** True for the same fingerprint, in whatever case. */
export function isSameFingerprint(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase()
}

/** `actual` is the fingerprint of the profile's key, where that could be read: the fix then names it. */
export function inspectFingerprint(
  profile: OciProfileConfig,
  actual: string | null,
): Finding | null {
  const value = profile.fingerprint
  if (value === null || isFingerprint(value)) return null
  const { what, fix } = describe(profile, value)
  const remedy = actual === null ? fix : remedyFor(value, actual)
  return errorFinding('FINGERPRINT_INVALID', 'fingerprint', `fingerprint ${what}`, remedy)
}

/** Digits that can be read tell whether it is that of the profile's key, only written in another way. */
function remedyFor(value: string, actual: string): string {
  const bare = value.replace(/^md5:/i, '')
  const digits = bare.toLowerCase().replaceAll(/[^0-9a-f]/g, '')
  const isOther =
    /^[\s0-9a-f:"'-]+$/i.test(bare) && digits.length === 32 && digits !== actual.replaceAll(':', '')
  if (!isOther) return `Write fingerprint = ${actual}, which is that of the profile's key.`
  const written = digits.match(/../g)?.join(':')
  return `Write fingerprint = ${written}, and name the key that it belongs to: that of the profile's key is ${actual}.`
}

function describe(profile: OciProfileConfig, value: string): { what: string; fix?: string } {
  const slip = writingFault(profile, 'fingerprint', value)
  if (slip) return slip
  const within = WITHIN.exec(value.slice(0, 4096))?.[0]
  if (within) {
    return { what: 'holds more than the fingerprint', fix: `Write fingerprint = ${within}.` }
  }
  if (/^sha-?256:/i.test(value)) return { what: `is a SHA-256 fingerprint${NOT_MD5}` }
  if (/^[0-9a-f]{32}$/i.test(value)) {
    const fix = `Write fingerprint = ${value.match(/../g)?.join(':')}.`
    return { what: 'has no colons between its 16 pairs of hex digits', fix }
  }
  return { what: describePairs(value) }
}

const NOT_MD5 = '; OCI names a key by its MD5 fingerprint, 16 pairs of hex digits'

function describePairs(value: string): string {
  const pairs = value.split(':')
  if (!pairs.every((pair) => /^[0-9a-f]{2}$/i.test(pair))) {
    const wrong = pairs.findIndex((pair) => !/^[0-9a-f]{2}$/i.test(pair)) + 1
    if (pairs.length !== 16) return 'is not made of 16 pairs of hex digits with colons'
    return `is wrong in pair ${wrong} of 16: that is not two hex digits`
  }
  if (pairs.length === 20) return `is a SHA-1 fingerprint, 20 pairs${NOT_MD5}`
  if (pairs.length === 32) return `is a SHA-256 fingerprint, 32 pairs${NOT_MD5}`
  return `has ${pairs.length} pairs of hex digits instead of 16`
}
