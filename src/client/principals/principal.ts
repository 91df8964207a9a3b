/**
 * The credentials of a principal: a token and the key that it was issued for, one pair that is replaced as a whole. One
 * request for a token at a time, however many wait. The next is asked for while the old one holds, by whoever signs
 * then: no timer runs. Where the token comes from is the issuer's work.
 */
import { OciProfilesError } from '../../errors.ts'
import type { Credentials, CredentialSource, Home } from '../signing/index.ts'
import { TransportError } from '../transport/index.ts'
import type { IssuedSession, Issuer } from './issuer.ts'
import { lifetimeOf, type Lifetime } from './lifetime.ts'
import { generateSessionKey, type SessionKey } from './session-key.ts'
import { SharedWork } from './shared-work.ts'

interface Pair extends Credentials, Lifetime {
  home: Home
}

/** A service that refuses every token must not make us fetch one for every request. */
const REPLACE_EVERY_MS = 10_000
const RETRY_MS = { least: 250, most: 30_000 }

export class Principal implements CredentialSource {
  readonly #issue: Issuer
  readonly #now: () => number
  readonly #renewal = new SharedWork((signal) => this.#renew(signal))
  #pair: Pair | null = null
  /** When the next token is asked for: put off when that fails. */
  #renewAt = 0
  #replacedAt = -Infinity
  /** A key that no token was issued for yet: costly, so that it is kept for the next try. */
  #spareKey: Promise<SessionKey> | null = null

  /** `now` in milliseconds since 1970. */
  constructor(issue: Issuer, now: () => number) {
    this.#issue = issue
    this.#now = now
  }

  current(signal?: AbortSignal): Credentials | Promise<Credentials> {
    const pair = this.#pair
    const now = this.#now()
    if (pair === null || now >= pair.endsAt) return this.#renewal.join(signal)
    if (now >= this.#renewAt && !this.#renewal.isRunning) void this.#renewAhead(pair)
    return pair
  }

  async refresh(signal?: AbortSignal): Promise<Credentials> {
    return this.current(signal)
  }

  async replace(keyId: string, signal?: AbortSignal): Promise<boolean> {
    if (this.#pair?.keyId !== keyId) return this.#pair !== null
    const now = this.#now()
    const isRecent = now - this.#replacedAt < REPLACE_EVERY_MS
    if (isRecent && !this.#renewal.isRunning) return false
    this.#replacedAt = now
    try {
      return (await this.#renewal.join(signal)).keyId !== keyId
    } catch (error) {
      if (signal?.aborted) throw error
      return false
    }
  }

  home(): Home {
    return this.#pair?.home ?? { region: null, tenancy: null }
  }

  /** The old pair goes on if it fails; the next try is put off, the shorter the nearer the end. */
  async #renewAhead({ endsAt }: Pair): Promise<void> {
    try {
      await this.#renewal.join()
    } catch {
      const left = endsAt - this.#now()
      this.#renewAt = this.#now() + Math.min(RETRY_MS.most, Math.max(RETRY_MS.least, left / 4))
    }
  }

  async #renew(signal: AbortSignal): Promise<Pair> {
    try {
      const session = await this.#issue(() => this.#sessionKey(), signal)
      this.#spareKey = null
      this.#pair = pairOf(session, this.#now())
      this.#renewAt = this.#pair.renewAt
      return this.#pair
    } catch (error) {
      throw this.#pair === null ? error : notRenewed(error)
    }
  }

  async #sessionKey(): Promise<SessionKey> {
    try {
      return await (this.#spareKey ??= generateSessionKey())
    } catch (error) {
      this.#spareKey = null
      throw error
    }
  }
}

function pairOf({ token, key, home, issuedAt }: IssuedSession, receivedAt: number): Pair {
  const lifetime = lifetimeOf(token.expiresAt, { issuedAt, receivedAt }, Math.random())
  return Object.freeze({ keyId: `ST$${token.raw.reveal()}`, key, home, ...lifetime })
}

function notRenewed(error: unknown): unknown {
  if (!(error instanceof OciProfilesError)) return error
  const message = `The token could not be renewed: ${error.message}`
  const options = { fix: error.fix, field: error.field ?? undefined, cause: error }
  return error instanceof TransportError
    ? new TransportError(error.code, message, options)
    : new OciProfilesError(error.code, message, options)
}
