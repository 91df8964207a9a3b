/** Profiles for tests, signed with the good key of key-material.ts. */
import { keyFingerprint } from '../../src/client/index.ts'
import {
  createProfile,
  type OciProfileConfig,
  type OciProfileInput,
} from '../../src/schemas/index.ts'
import { testOcid } from '../fixtures/identities.ts'
import { exportKey, goodKey, goodPublicKey } from './key-material.ts'

export const TENANCY = testOcid('tenancy', 'test')
export const USER = testOcid('user', 'ada')
export const FINGERPRINT = keyFingerprint(goodPublicKey)

export function apiKeyProfile(fields: Partial<OciProfileInput> = {}): OciProfileConfig {
  return createProfile({
    auth_profile: 'ADA',
    user: USER,
    tenancy: TENANCY,
    region: 'eu-frankfurt-1',
    fingerprint: FINGERPRINT,
    key_content: exportKey(goodKey, 'pkcs8'),
    ...fields,
  })
}

export function sessionProfile(token: string, key: string): OciProfileConfig {
  return createProfile({
    auth_profile: 'SESSION',
    authentication: 'security_token',
    tenancy: TENANCY,
    region: 'eu-frankfurt-1',
    key_file: key,
    security_token_file: token,
  })
}
