/** The fingerprint that a key has, whatever a profile says of it. Reads the key file. */
import { keyFingerprint, loadPrivateKey, type KeyFields } from '../client/index.ts'
import { OciProfilesError } from '../errors.ts'

/** Fingerprint of a profile's key, `null` when the key cannot be loaded. */
export async function findFingerprint(profile: KeyFields): Promise<string | null> {
  try {
    return keyFingerprint(await loadPrivateKey(profile))
  } catch (error) {
    if (error instanceof OciProfilesError) return null
    throw error
  }
}
