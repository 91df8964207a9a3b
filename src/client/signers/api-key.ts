/** `api_key`: the user's own key, named by tenancy, user and fingerprint. */
import type { KeyObject } from 'node:crypto'
import { OciProfilesError } from '../../errors.ts'
import type { OciProfileConfig } from '../../schemas/index.ts'
import { fileStamp } from '../file-stamp.ts'
import { Fresh } from '../fresh.ts'
import { loadPrivateKey } from '../keys/index.ts'
import { NativeSigner, type Credentials } from '../signing/index.ts'

type IdentityField = 'tenancy' | 'user' | 'fingerprint'

export function apiKeySigner(profile: OciProfileConfig): NativeSigner {
  const fingerprint = identityPart(profile, 'fingerprint').toLowerCase()
  const keyId = `${identityPart(profile, 'tenancy')}/${identityPart(profile, 'user')}/${fingerprint}`
  const { key_file, key_content, pass_phrase } = profile
  const fresh = new Fresh<Credentials>({
    stamp: () => (key_file === null ? Promise.resolve('') : fileStamp(key_file)),
    load: async () => pair(keyId, await loadPrivateKey({ key_file, key_content, pass_phrase })),
  })
  return new NativeSigner(fresh)
}

function pair(keyId: string, key: KeyObject): Credentials {
  return { keyId, key }
}

/** The parts stand in a header between quotes and slashes: none of these, and no blank, may be in them. */
function identityPart(profile: OciProfileConfig, field: IdentityField): string {
  const value = profile[field]
  if (value === null) {
    throw new OciProfilesError('FIELD_MISSING', `${field} is missing; api_key needs it`, { field })
  }
  if (/^[!#-.0-~]+$/.test(value)) return value
  const code = field === 'fingerprint' ? 'FINGERPRINT_INVALID' : 'OCID_INVALID'
  throw new OciProfilesError(code, `${field} holds characters that it cannot have`, { field })
}
