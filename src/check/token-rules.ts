/** Rules on the session token: it is there, it has not expired, it was issued for the profile's key. Reads the file. */
import type { KeyObject } from 'node:crypto'
import {
  type Environment,
  loadSessionToken,
  tokenMatchesKey,
  type SessionToken,
} from '../client/index.ts'
import { OciProfilesError } from '../errors.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { errorFinding, findingOf, reworded } from './finding.ts'
import { explainLostFile } from './lost-file.ts'
import { signIn } from './profile-words.ts'
import { fixUnreadable } from './unreadable-file.ts'

const FIELD = 'security_token_file'

/** A profile that names no token is left to the rule on missing fields. `now` in milliseconds since 1970. */
export async function inspectToken(
  profile: OciProfileConfig,
  key: KeyObject | null,
  now: number,
  env: Environment,
): Promise<Finding | null> {
  if (profile.security_token_file === null) return null
  try {
    const token = await loadSessionToken(profile, { now })
    return key && tokenMatchesKey(token, key) === false ? mismatch(profile) : null
  } catch (error) {
    return withRemedy(profile, findingOf(error, FIELD), env)
  }
}

function mismatch(profile: OciProfileConfig): Finding {
  const { key_file, security_token_file } = profile
  const message = `the token in ${security_token_file} was issued for another key than that in ${key_file ?? 'key_content'}`
  return errorFinding('TOKEN_KEY_MISMATCH', FIELD, message, signIn(profile))
}

async function withRemedy(
  profile: OciProfileConfig,
  finding: Finding,
  env: Environment,
): Promise<Finding> {
  if (finding.code === 'TOKEN_FILE_UNREADABLE') {
    return reworded(finding, { fix: await fixUnreadable(profile.security_token_file ?? '', FIELD) })
  }
  if (finding.code === 'TOKEN_FILE_NOT_FOUND') {
    const found = await explainLostFile(profile, FIELD, finding, env)
    if (found && found.fix !== finding.fix) return found
  }
  return reworded(finding, { fix: signIn(profile) })
}

/** When the profile's session ends; `null` where there is no current token, or one that does not say. */
export async function findExpiry(profile: OciProfileConfig, now: number): Promise<Date | null> {
  return (await findToken(profile, now))?.expiresAt ?? null
}

/** Whether there is white space around the token in its file; false where there is no current token. */
export async function isTokenPadded(profile: OciProfileConfig, now: number): Promise<boolean> {
  return (await findToken(profile, now))?.isPadded ?? false
}

async function findToken(profile: OciProfileConfig, now: number): Promise<SessionToken | null> {
  if (profile.security_token_file === null) return null
  try {
    return await loadSessionToken(profile, { now })
  } catch (error) {
    if (error instanceof OciProfilesError) return null
    throw error
  }
}
