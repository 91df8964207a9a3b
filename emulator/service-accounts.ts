/** Service accounts of Kubernetes: their tokens minted and verified, as a cluster's API server does. */
import { randomUUID } from 'node:crypto'
import { asObject } from './json-object.ts'
import { readUnverified, signJwt, verifyJwt } from './jwt.ts'
import type { ServiceAccount } from './principals.ts'
import type { KeyPair } from './process-keys.ts'

export interface ServiceAccountTokenInput {
  /** Of Kubernetes. */
  namespace: string
  serviceAccount: string
  /** Seconds from now; negative for a token that has expired. Default 3600. */
  expiresInS?: number
}

const ISSUER = 'https://kubernetes.default.svc.cluster.local'
const DEFAULT_TTL_S = 3600

export class ServiceAccounts {
  readonly #keys: KeyPair
  /** Of the cluster: a token of another, even one with the same key, is not ours. */
  readonly #kid = randomUUID()

  constructor(keys: KeyPair) {
    this.#keys = keys
  }

  /** `now` in milliseconds. */
  mint(input: ServiceAccountTokenInput, now: number): string {
    const { namespace, serviceAccount, expiresInS = DEFAULT_TTL_S } = input
    const issuedAt = Math.floor(now / 1000)
    const issued = Math.min(issuedAt, issuedAt + expiresInS - 1)
    const claims = {
      aud: ['api'],
      exp: issuedAt + expiresInS,
      iat: issued,
      iss: ISSUER,
      jti: randomUUID(),
      'kubernetes.io': { namespace, serviceaccount: { name: serviceAccount, uid: this.#kid } },
      nbf: issued,
      sub: `system:serviceaccount:${namespace}:${serviceAccount}`,
    }
    return signJwt(this.#kid, claims, this.#keys.privateKey)
  }

  /** The account of a token of this cluster that is valid just now, else `null`. `now` in milliseconds. */
  read(token: string, now: number): ServiceAccount | null {
    const claims = verifyJwt(token, this.#keys.publicKey)
    const account = accountIn(claims)
    if (claims === null || account === null || account.uid !== this.#kid) return null
    const { nbf, exp } = claims as { nbf: number; exp: number }
    return nbf * 1000 <= now && now < exp * 1000 ? account : null
  }
}

/** Whom a token names, true or not. */
export function claimedAccount(token: string): ServiceAccount | null {
  return accountIn(readUnverified(token))
}

function accountIn(claims: ReturnType<typeof readUnverified>) {
  const kubernetes = asObject(claims?.['kubernetes.io'])
  const { name, uid } = asObject(kubernetes?.serviceaccount) ?? {}
  const namespace = kubernetes?.namespace
  if (typeof namespace !== 'string' || typeof name !== 'string') return null
  return { namespace, name, uid }
}
