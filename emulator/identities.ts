/** Users, with the public keys of their API keys. */
import { createHash, createPublicKey, KeyObject } from 'node:crypto'

export interface IdentityInput {
  /** Any name; faults are set by it. */
  name: string
  /** OCID of the tenancy. */
  tenancy: string
  /** OCID of the user. */
  user: string
  /** The public half of the API key: RSA, PEM or parsed. */
  publicKey: string | KeyObject
  /** Object Storage namespace of the tenancy. */
  namespace: string
  /** False: no policy allows Object Storage, every call to it answers 404. Default true. */
  namespaceAllowed?: boolean
  /** Of session tokens, in seconds. Default 3600. */
  tokenLifetimeS?: number
}

export interface Identity {
  readonly name: string
  readonly tenancy: string
  readonly user: string
  /** MD5 of the public key in DER: 16 lower-case hex pairs with colons. */
  readonly fingerprint: string
  /** `tenancy/user/fingerprint`, as requests name the key. */
  readonly keyId: string
  readonly namespace: string
  readonly namespaceAllowed: boolean
  readonly tokenLifetimeS: number
}

const DEFAULT_LIFETIME_S = 3600

/** `key`: the parsed form of `publicKey`. */
export function makeIdentity(input: IdentityInput, key: KeyObject): Identity {
  const fingerprint = fingerprintOf(key)
  const { name, tenancy, user, namespace, namespaceAllowed = true } = input
  const { tokenLifetimeS = DEFAULT_LIFETIME_S } = input
  const keyId = `${tenancy}/${user}/${fingerprint}`
  const known = { name, tenancy, user, fingerprint, keyId }
  return Object.freeze({ ...known, namespace, namespaceAllowed, tokenLifetimeS })
}

/** Also takes the private half and uses its public one. Throws TypeError for a key that is not RSA. */
export function toPublicKey(key: string | KeyObject): KeyObject {
  const isPublic = key instanceof KeyObject && key.type === 'public'
  const publicKey = isPublic ? key : createPublicKey(key)
  if (publicKey.asymmetricKeyType !== 'rsa') throw new TypeError('An OCI API key is an RSA key')
  return publicKey
}

export function fingerprintOf(publicKey: KeyObject): string {
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return createHash('md5')
    .update(der)
    .digest('hex')
    .replace(/..(?=.)/g, '$&:')
}
