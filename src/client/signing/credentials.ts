/** What a signature is made with: a key and the name under which OCI knows it, always as one pair. */
import type { KeyObject } from 'node:crypto'

export interface Credentials {
  /** `tenancy/user/fingerprint`, or `ST$` and a token: a secret, then. */
  keyId: string
  key: KeyObject
}

export interface CredentialSource {
  /** The pair to sign with now. Throws or rejects when there is none. `signal` ends the waiting for it. */
  current: (signal?: AbortSignal) => Credentials | Promise<Credentials>
  /** The same, with the files looked at again. */
  refresh: (signal?: AbortSignal) => Promise<Credentials>
  /** Told that OCI refused a request with that keyId: true when there is another one now. Left out: there never is. */
  replace?: (keyId: string, signal?: AbortSignal) => Promise<boolean>
  /** Left out where the profile has to tell. */
  home?: () => Home
}

/** Where the owner of the credentials is at home, as they themselves tell: each `null` where they do not. */
export interface Home {
  /** Identifier or short code. */
  region: string | null
  /** OCID. */
  tenancy: string | null
}
