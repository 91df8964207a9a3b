/** Whose fingerprint a mismatched profile states: a line copied from another section is the usual cause. */
import { findFingerprint, isSameFingerprint, reworded } from '../check/index.ts'
import type { Finding, LoadedProfile, OciProfileConfig } from '../schemas/index.ts'

/** Enough for any config file made by hand; a bound, so that 10,000 profiles do not mean 10,000 keys. */
const MAX_KEYS = 200

/** FINGERPRINT_MISMATCH with the name of the profile whose key it is, where one of `others` explains it. */
export async function withFingerprintOwner(
  finding: Finding,
  profile: OciProfileConfig,
  others: readonly LoadedProfile[],
): Promise<Finding> {
  if (finding.code !== 'FINGERPRINT_MISMATCH') return finding
  const owner = await findOwner(profile, others)
  if (!owner) return finding
  const name = `[${owner.auth_profile}]`
  const fix = `${finding.fix} The key of ${name} is ${owner.key_file ?? 'in its key_content'}.`
  const message = `${finding.message}: this is the fingerprint of the key of ${name}`
  return reworded(finding, { message, fix })
}

async function findOwner(
  profile: OciProfileConfig,
  others: readonly LoadedProfile[],
): Promise<OciProfileConfig | null> {
  const stated = profile.fingerprint ?? ''
  for (const candidate of candidates(profile, stated, others)) {
    const actual = await findFingerprint(candidate)
    if (actual !== null && isSameFingerprint(actual, stated)) return candidate
  }
  return null
}

/** Those that state the same fingerprint come first: they are the likeliest, and one key is enough then. */
function candidates(
  profile: OciProfileConfig,
  stated: string,
  others: readonly LoadedProfile[],
): OciProfileConfig[] {
  const withKey = others
    .map((other) => other.profile)
    .filter(({ auth_profile }) => auth_profile !== profile.auth_profile)
    .filter(({ key_file, key_content }) => key_content !== null || key_file !== null)
    .filter(({ key_file }) => key_file === null || key_file !== profile.key_file)
  const states = ({ fingerprint }: OciProfileConfig) =>
    fingerprint !== null && isSameFingerprint(fingerprint, stated)
  const likely = withKey.filter(states)
  const rest = withKey.filter((other) => !states(other))
  return [...likely, ...rest].slice(0, MAX_KEYS)
}
