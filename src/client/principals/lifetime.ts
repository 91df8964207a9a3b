/** How long a token is used, and when the next one is asked for. By the local clock, in milliseconds since 1970. Pure. */

export interface Lifetime {
  /** From now on the next token is asked for, while this one is used. */
  renewAt: number
  /** From now on it is not used. */
  endsAt: number
}

/** For tokens that do not say when they expire. */
const USUAL_LIFE_MS = 20 * 60 * 1000
/** A `Date` header has whole seconds, and a request is some time on its way. */
const CAUTION_MS = 1000
/** OCI lets local clocks be off by no more; a `Date` further away is not that of the issuer. */
const ALLOWED_SKEW_MS = 5 * 60 * 1000
/** Between these parts of its life: processes that started together do not ask together. */
const RENEWAL_PARTS = [0.7, 0.9] as const

/**
 * The local clock may be off by minutes, so that the life is measured by the issuer's: `issuedAt`, `null` where it did
 * not say. `receivedAt` is the same moment by the local clock. `chance` is between 0 and 1.
 */
export function lifetimeOf(
  expiresAt: Date | null,
  { issuedAt, receivedAt }: { issuedAt: number | null; receivedAt: number },
  chance: number,
): Lifetime {
  const isPlausible = issuedAt !== null && Math.abs(issuedAt - receivedAt) <= ALLOWED_SKEW_MS
  const start = isPlausible ? issuedAt : receivedAt
  const lifeMs = expiresAt === null ? USUAL_LIFE_MS : expiresAt.getTime() - start - CAUTION_MS
  const [least, most] = RENEWAL_PARTS
  return {
    renewAt: receivedAt + lifeMs * (least + (most - least) * chance),
    endsAt: receivedAt + lifeMs,
  }
}
