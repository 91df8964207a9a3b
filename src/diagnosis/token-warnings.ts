/** Doubts about a session: it works now, and soon no longer. */
import { durationText, findExpiry, prolong } from '../check/index.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { warning } from './warning.ts'

const SOON_MS = 10 * 60 * 1000

/** `now` in milliseconds since 1970. */
export async function warnOfExpiry(profile: OciProfileConfig, now: number): Promise<Finding[]> {
  if (profile.authentication !== 'security_token') return []
  const expiry = await findExpiry(profile, now)
  const leftMs = expiry === null ? Number.POSITIVE_INFINITY : expiry.getTime() - now
  if (expiry === null || leftMs >= SOON_MS) return []
  const when = expiry.toISOString().replace('.000', '')
  const message = `the token in ${profile.security_token_file} expires in ${durationText(leftMs)}, at ${when}`
  return [warning('TOKEN_EXPIRES_SOON', 'security_token_file', message, prolong(profile))]
}
