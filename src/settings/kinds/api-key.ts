/** The key of the API: what may be one, and how one is made. */
import { Secret } from '../../secret.ts'
import type { Reading, SettingKind } from '../setting.ts'

const EXPECTED = '1 to 512 visible ASCII characters, no spaces'

/** What a header can carry unchanged. The length is left to whoever sets it; beyond loopback a short one is warned of. */
export function apiKeyKind(): SettingKind<Secret> {
  const readText = (text: string): Reading<Secret> =>
    /^[\x21-\x7e]{1,512}$/.test(text)
      ? { value: new Secret(text) }
      : { fault: `is not a possible key, expected ${EXPECTED}` }
  const readJson = (raw: unknown) => readText(typeof raw === 'string' ? raw : '')
  return { expected: EXPECTED, readText, readJson }
}

/** 256 bits of randomness, in characters that a URL fragment carries as they are. */
export function makeApiKey(): Secret {
  const bytes = crypto.getRandomValues(Buffer.alloc(32))
  return new Secret(bytes.toString('base64url'))
}
