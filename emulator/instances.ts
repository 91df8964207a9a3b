/** The machine that the metadata service speaks for: an instance with key and certificate. None at first. */
import type { X509Certificate } from 'node:crypto'
import { makeInstanceAuthority, type InstanceAuthority } from './instance-authority.ts'
import type { InstancePrincipal } from './principals.ts'
import { makeKeyPair, type KeyPair } from './process-keys.ts'

export interface RotationOptions {
  /** Life of the new certificate in seconds; negative for one that has expired. Default 12 hours, then renewed by itself. */
  validForS?: number
  /** Writes all that is said of the instance into one part of the name, as some real certificates have it. */
  inOnePart?: boolean
}

export interface Instance {
  principal: InstancePrincipal
  certificatePem: string
  keyPem: string
  intermediatePem: string
}

interface Machine {
  principal: InstancePrincipal
  key: KeyPair
  certificatePem: string
  inOnePart: boolean
  /** Milliseconds since 1970 from which on a new certificate is due; never for one whose life was chosen. */
  renewAt: number
}

const LIFETIME_S = 12 * 60 * 60
const BACKDATED_MS = 60 * 60 * 1000

export class Instances {
  readonly #now: () => number
  #authority: Promise<InstanceAuthority> | null = null
  #made: InstanceAuthority | null = null
  #machine: Machine | null = null

  constructor(now: () => number) {
    this.#now = now
  }

  /** From now on the metadata service speaks for this instance. */
  async install(principal: InstancePrincipal): Promise<void> {
    this.#machine = await this.#equip(principal, {})
  }

  /** A new key and certificate. Rejects with RangeError where there is no instance. */
  async rotate(options: RotationOptions): Promise<void> {
    if (this.#machine === null) throw new RangeError('no instance principal was added')
    const { principal } = this.#machine
    const machine = await this.#equip(principal, options)
    // The instance may have given way to another meanwhile.
    if (this.#machine.principal === principal) this.#machine = machine
  }

  get root(): X509Certificate | null {
    return this.#made?.root ?? null
  }

  get principal(): InstancePrincipal | null {
    return this.#machine?.principal ?? null
  }

  current(): Instance | null {
    const [machine, authority] = [this.#machine, this.#made]
    if (machine === null || authority === null) return null
    if (machine.renewAt <= this.#now()) Object.assign(machine, this.#certify(authority, machine))
    const { principal, key, certificatePem } = machine
    const keyPem = key.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
    return { principal, certificatePem, keyPem, intermediatePem: authority.intermediatePem }
  }

  async #equip(principal: InstancePrincipal, options: RotationOptions): Promise<Machine> {
    this.#authority ??= makeInstanceAuthority(this.#now())
    const [authority, key] = await Promise.all([this.#authority, makeKeyPair()])
    this.#made = authority
    const { validForS, inOnePart = false } = options
    const machine = { principal, key, inOnePart }
    return { ...machine, ...this.#certify(authority, machine, validForS) }
  }

  #certify(
    authority: InstanceAuthority,
    { principal, key, inOnePart }: Pick<Machine, 'principal' | 'key' | 'inOnePart'>,
    validForS?: number,
  ): Pick<Machine, 'certificatePem' | 'renewAt'> {
    const now = this.#now()
    const lifetimeMs = (validForS ?? LIFETIME_S) * 1000
    const notAfter = now + lifetimeMs
    const notBefore = Math.min(now, notAfter) - BACKDATED_MS
    const form = { notBefore, notAfter, inOnePart }
    return {
      certificatePem: authority.issue(principal, key, form),
      renewAt: validForS === undefined ? now + lifetimeMs / 2 : Infinity,
    }
  }
}
