/** Everybody that the emulator knows: users with their API keys, and principals. */
import type { KeyObject } from 'node:crypto'
import { makeIdentity, toPublicKey, type Identity, type IdentityInput } from './identities.ts'
import type { Principal, ServiceAccount, WorkloadPrincipal } from './principals.ts'

export type Caller = Identity | Principal

interface Entry {
  caller: Identity
  key: KeyObject
}

export class Callers {
  readonly #byName = new Map<string, Caller>()
  readonly #byKeyId = new Map<string, Entry>()
  readonly #byOcid = new Map<string, Caller>()

  /** A name that is taken gives way to the new identity. Throws TypeError for a key that is not RSA. */
  addIdentity(input: IdentityInput): Identity {
    const key = toPublicKey(input.publicKey)
    const identity = makeIdentity(input, key)
    this.#add(identity)
    this.#byKeyId.set(identity.keyId, { caller: identity, key })
    return identity
  }

  /** A name that is taken gives way to the principal. */
  addPrincipal(principal: Principal): void {
    this.#add(principal)
  }

  byName(name: string): Caller | null {
    return this.#byName.get(name) ?? null
  }

  byKeyId(keyId: string): Entry | null {
    return this.#byKeyId.get(keyId) ?? null
  }

  byOcid(tenancy: string, ocid: string): Caller | null {
    return this.#byOcid.get(`${tenancy}/${ocid}`) ?? null
  }

  byServiceAccount({ namespace, name }: ServiceAccount): WorkloadPrincipal | null {
    for (const caller of this.#byName.values()) {
      if (!('kind' in caller) || caller.kind !== 'workload') continue
      const { serviceAccount } = caller
      if (serviceAccount.namespace === namespace && serviceAccount.name === name) return caller
    }
    return null
  }

  #add(caller: Caller): void {
    this.#forget(caller.name)
    this.#byName.set(caller.name, caller)
    this.#byOcid.set(`${caller.tenancy}/${ocidOf(caller)}`, caller)
  }

  #forget(name: string): void {
    const old = this.#byName.get(name)
    if (old === undefined) return
    if ('keyId' in old && this.#byKeyId.get(old.keyId)?.caller === old) {
      this.#byKeyId.delete(old.keyId)
    }
    const ocid = `${old.tenancy}/${ocidOf(old)}`
    if (this.#byOcid.get(ocid) === old) this.#byOcid.delete(ocid)
    this.#byName.delete(name)
  }
}

/** Of the user, instance, workload or resource. */
export function ocidOf(caller: Caller): string {
  return 'user' in caller ? caller.user : caller.id
}
