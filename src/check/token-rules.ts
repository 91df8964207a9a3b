/** Rules on the session token: it is there, it has not expired, it was issued for the profile's key. Reads the file. */
import type { KeyObject } from 'node:crypto'
import { loadSessionToken, tokenMatchesKey } from '../client/index.ts'
import { OciProfilesError } from '../errors.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { errorFinding, findingOf, reworded } from './finding.ts'
import { signIn } from './profile-words.ts'
import { writingFault } from './writing-fault.ts'

const FIELD = 'security_token_file'

/** A profile that names no token is left to the rule on missing fields. `now` in milliseconds since 1970. */
export async function inspectToken(
  profile: OciProfileConfig,
  key: KeyObject | null,
  now: number,
): Promise<Finding | null> {
  if (profile.security_token_file === null) return null
  try {
    const token = await loadSessionToken(profile, { now })
    return key && tokenMatchesKey(token, key) === false ? mismatch(profile) : null
  } catch (error) {
    return withRemedy(profile, findingOf(error, FIELD))
  }
}

function mismatch(profile: OciProfileConfig): Finding {
  const { key_file, security_token_file } = profile
  const message = `the token in ${security_token_file} was issued for another key than that in ${key_file ?? 'key_content'}`
  return errorFinding('TOKEN_KEY_MISMATCH', FIELD, message, signIn(profile))
}

function withRemedy(profile: OciProfileConfig, finding: Finding): Finding {
  if (finding.code === 'TOKEN_FILE_UNREADABLE') return finding
  const path = profile.security_token_file ?? ''
  const slip = writingFault(profile, FIELD, path, { spaces: true })
  if (finding.code !== 'TOKEN_FILE_NOT_FOUND' || !slip)
    return reworded(finding, { fix: signIn(profile) })
  return reworded(finding, { message: `${finding.message}; ${FIELD} ${slip.what}`, fix: slip.fix })
}

/** When the profile's session ends; `null` where there is no current token, or one that does not say. */
export async function findExpiry(profile: OciProfileConfig, now: number): Promise<Date | null> {
  if (profile.security_token_file === null) return null
  try {
    return (await loadSessionToken(profile, { now })).expiresAt
  } catch (error) {
    if (error instanceof OciProfilesError) return null
    throw error
  }
}
