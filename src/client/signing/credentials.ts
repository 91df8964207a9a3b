/** What a signature is made with: a key and the name under which OCI knows it, always as one pair. */
import type { KeyObject } from 'node:crypto'

export interface Credentials {
  /** `tenancy/user/fingerprint`, or `ST$` and a token: a secret, then. */
  keyId: string
  key: KeyObject
}

export interface CredentialSource {
  /** The pair to sign with now. Throws or rejects when there is none. */
  current: () => Credentials | Promise<Credentials>
  /** The same, with the files looked at again. */
  refresh: () => Promise<Credentials>
}
