/** Private keys: from a file or a text to a `KeyObject` that can sign. */
export { keyFingerprint } from './fingerprint.ts'
export type { KeyForm, KeyQuirk } from './key-form.ts'
export { loadKeyForm, loadPrivateKey, type KeyFields } from './load-private-key.ts'
export { parsePrivateKey } from './parse-private-key.ts'
