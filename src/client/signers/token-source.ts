/** Credentials made of a session token and the key that it was issued for: read together, checked together, renewed together. */
import type { KeyObject } from 'node:crypto'
import { OciProfilesError, type ErrorCode } from '../../errors.ts'
import { Fresh } from '../fresh.ts'
import type { Credentials, CredentialSource, Home } from '../signing/index.ts'
import {
  assertTokenCurrent,
  assertTokenMatchesKey,
  type SessionToken,
  type TokenOrigin,
} from '../tokens/index.ts'

export interface TokenPairSource {
  /** Changes when token or key change. */
  stamp: () => Promise<string>
  readToken: () => Promise<SessionToken>
  readKey: () => Promise<KeyObject>
  /** For the words of `TOKEN_EXPIRED` and `TOKEN_KEY_MISMATCH`. */
  origin: Pick<TokenOrigin, 'field' | 'fix'>
  /** Where the token says that its owner is at home. Left out where the profile has to tell. */
  homeOf?: (token: SessionToken) => Home
  now: () => number
}

interface TokenPair extends Credentials {
  token: SessionToken
}

/** Faults that files show while somebody writes them. */
const PASSING: readonly ErrorCode[] = ['TOKEN_KEY_MISMATCH', 'TOKEN_INVALID', 'KEY_INVALID']

export class TokenSource implements CredentialSource {
  readonly #source: TokenPairSource
  readonly #fresh: Fresh<TokenPair>
  #home: Home = { region: null, tenancy: null }

  constructor(source: TokenPairSource) {
    this.#source = source
    this.#fresh = new Fresh<TokenPair>({
      stamp: source.stamp,
      load: () => this.#load(),
      isUsable: (pair) => isCurrent(pair, source.now()),
      mayPass: (error) => error instanceof OciProfilesError && PASSING.includes(error.code),
    })
  }

  current(): Credentials | Promise<Credentials> {
    const pair = this.#fresh.current()
    if (!(pair instanceof Promise) && isCurrent(pair, this.#source.now())) return pair
    return this.#settle(pair)
  }

  async refresh(): Promise<Credentials> {
    const pair = await this.#fresh.refresh()
    assertTokenCurrent(pair.token, this.#source.origin, this.#source.now())
    return pair
  }

  /** The files may have changed within the second in which they are not looked at. */
  async replace(keyId: string): Promise<boolean> {
    try {
      return (await this.refresh()).keyId !== keyId
    } catch {
      return false
    }
  }

  home(): Home {
    return this.#home
  }

  async #load(): Promise<TokenPair> {
    const pair = await loadPair(this.#source)
    this.#home = this.#source.homeOf?.(pair.token) ?? this.#home
    return pair
  }

  /** A token that has run out may have been renewed in its file a moment ago. */
  async #settle(pair: TokenPair | Promise<TokenPair>): Promise<Credentials> {
    const settled = await pair
    return isCurrent(settled, this.#source.now()) ? settled : this.refresh()
  }
}

async function loadPair({ readToken, readKey, origin }: TokenPairSource): Promise<TokenPair> {
  const token = await readToken()
  const key = await readKey()
  assertTokenMatchesKey(token, key, origin)
  return { keyId: `ST$${token.raw.reveal()}`, key, token }
}

function isCurrent({ token }: TokenPair, now: number): boolean {
  return token.expiresAt === null || token.expiresAt.getTime() > now
}
