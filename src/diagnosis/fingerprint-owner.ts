/** Whose fingerprint a mismatched profile states: a line copied from another section, or the path of a wrong key. */
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { findFingerprint, isSameFingerprint, reworded } from '../check/index.ts'
import type { Finding, LoadedProfile, OciProfileConfig } from '../schemas/index.ts'

/** Enough for any config file made by hand; a bound, so that 10,000 profiles do not mean 10,000 keys. */
const MAX_KEYS = 200
/** Files beside the key that are tried: a folder of keys holds few. */
const MAX_NEIGHBOURS = 50
const KEY_NAME = /\.(?:pem|key)$/i

type KeyFields = Pick<OciProfileConfig, 'key_file' | 'key_content' | 'pass_phrase'>

interface Owner {
  /** What the fingerprint is, to go on after a colon. */
  what: string
  /** `key_file = /path`, or where else the key is. */
  where: string
}

/** FINGERPRINT_MISMATCH with the key that has the fingerprint, where one of `others`, or of the files beside, is it. */
export async function withFingerprintOwner(
  finding: Finding,
  profile: OciProfileConfig,
  others: readonly LoadedProfile[],
): Promise<Finding> {
  if (finding.code !== 'FINGERPRINT_MISMATCH') return finding
  const owner = (await findOwner(profile, others)) ?? (await findNeighbour(profile))
  if (owner === null) return finding
  const message = `${finding.message}: ${owner.what}`
  return reworded(finding, { message, fix: `${finding.fix} ${owner.where}` })
}

async function findOwner(
  profile: OciProfileConfig,
  others: readonly LoadedProfile[],
): Promise<Owner | null> {
  const stated = profile.fingerprint ?? ''
  for (const candidate of candidates(profile, stated, others)) {
    if (!(await hasFingerprint(candidate, stated))) continue
    const name = `[${candidate.auth_profile}]`
    return {
      what: `this is the fingerprint of the key of ${name}`,
      where: `The key of ${name} is ${candidate.key_file ?? 'in its key_content'}.`,
    }
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

/** A key in the same folder that no profile names. */
async function findNeighbour({
  key_file,
  fingerprint,
  pass_phrase,
}: OciProfileConfig): Promise<Owner | null> {
  if (key_file === null) return null
  const folder = dirname(key_file)
  const names = await readdir(folder).catch(() => [])
  const paths = names
    .filter((name) => KEY_NAME.test(name))
    .toSorted()
    .slice(0, MAX_NEIGHBOURS)
    .map((name) => join(folder, name))
    .filter((path) => path !== key_file)
  for (const path of paths) {
    const key: KeyFields = { key_file: path, key_content: null, pass_phrase }
    if (!(await hasFingerprint(key, fingerprint ?? ''))) continue
    return { what: `this is the fingerprint of ${path}`, where: `That key is ${path}.` }
  }
  return null
}

async function hasFingerprint(key: KeyFields, stated: string): Promise<boolean> {
  const actual = await findFingerprint(key)
  return actual !== null && isSameFingerprint(actual, stated)
}
