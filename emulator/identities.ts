/** The users that the emulator knows, with their public keys. */
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
}

interface Entry {
  identity: Identity
  key: KeyObject
}

export class Identities {
  readonly #byName = new Map<string, Identity>()
  readonly #byKeyId = new Map<string, Entry>()
  readonly #byUser = new Map<string, Identity>()

  /** A name that is taken gives way to the new identity. Throws TypeError for a key that is not RSA. */
  add(input: IdentityInput): Identity {
    const key = toPublicKey(input.publicKey)
    const fingerprint = fingerprintOf(key)
    const { name, tenancy, user, namespace, namespaceAllowed = true } = input
    const keyId = `${tenancy}/${user}/${fingerprint}`
    const identity = { name, tenancy, user, fingerprint, keyId, namespace, namespaceAllowed }
    Object.freeze(identity)

    this.#forget(name)
    this.#byName.set(name, identity)
    this.#byKeyId.set(keyId, { identity, key })
    this.#byUser.set(`${tenancy}/${user}`, identity)
    return identity
  }

  byName(name: string): Identity | null {
    return this.#byName.get(name) ?? null
  }

  byKeyId(keyId: string): Entry | null {
    return this.#byKeyId.get(keyId) ?? null
  }

  byUser(tenancy: string, user: string): Identity | null {
    return this.#byUser.get(`${tenancy}/${user}`) ?? null
  }

  #forget(name: string): void {
    const old = this.#byName.get(name)
    if (old === undefined) return
    if (this.#byKeyId.get(old.keyId)?.identity === old) this.#byKeyId.delete(old.keyId)
    const user = `${old.tenancy}/${old.user}`
    if (this.#byUser.get(user) === old) this.#byUser.delete(user)
  }
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
