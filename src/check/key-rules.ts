/** Rules on the private key: it can be loaded, and it is the one that the fingerprint names. Reads the key file. */
import type { KeyObject } from 'node:crypto'
import { keyFingerprint, loadPrivateKey } from '../client/index.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { errorFinding, findingOf } from './finding.ts'
import { isFingerprint, isSameFingerprint } from './fingerprint.ts'
import { withKeyRemedy, type KeyContext } from './key-remedy.ts'

export interface InspectedKey {
  key: KeyObject | null
  /** Fingerprint of the key, `null` when it could not be loaded. */
  fingerprint: string | null
  fault: Finding | null
}

/** A profile without a key is left to the rule on missing fields. */
export async function inspectKey(
  profile: OciProfileConfig,
  context: KeyContext,
): Promise<InspectedKey> {
  if (profile.key_file === null && profile.key_content === null) {
    return { key: null, fingerprint: null, fault: null }
  }
  try {
    const key = await loadPrivateKey(profile)
    return { key, fingerprint: keyFingerprint(key), fault: null }
  } catch (error) {
    const fault = findingOf(error, profile.key_file === null ? 'key_content' : 'key_file')
    return { key: null, fingerprint: null, fault: await withKeyRemedy(profile, fault, context) }
  }
}

/** `actual` is the fingerprint of the profile's key. */
export function inspectMismatch(profile: OciProfileConfig, actual: string | null): Finding | null {
  const stated = profile.fingerprint
  if (!actual || !stated || !isFingerprint(stated) || isSameFingerprint(stated, actual)) return null
  const message = `${nameOfKey(profile)} has fingerprint ${actual}; the profile says ${stated}`
  const fix =
    `If this is the key that was uploaded to OCI, write fingerprint = ${actual}; ` +
    'else name the key that the fingerprint belongs to.'
  return errorFinding('FINGERPRINT_MISMATCH', 'fingerprint', message, fix)
}

function nameOfKey({ key_file }: OciProfileConfig): string {
  return key_file === null ? 'the key in key_content' : `the key in ${key_file}`
}
