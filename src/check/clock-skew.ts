/** The local clock against that of the service, as its `Date` header shows it. Pure. */

export interface ClockReading {
  /** `Date` header of the reply. */
  date: string | null
  /** Local time at which the reply was there, in milliseconds since 1970. */
  arrivedAt: number
  /** From the request to the reply, in milliseconds. */
  roundTripMs: number
}

/** OCI refuses requests whose date is further off than this. */
const ALLOWED_MS = 5 * 60 * 1000
/** A `Date` header has whole seconds: the true time is, on average, half a second later. */
const TRUNCATION_MS = 500

/**
 * Local clock minus that of the service in milliseconds, negative when the local one is behind; `null` without a `Date`
 * that can be read. The reply is taken to have left halfway through the round trip.
 */
export function measureSkew({ date, arrivedAt, roundTripMs }: ClockReading): number | null {
  const stamped = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(stamped)) return null
  return arrivedAt - roundTripMs / 2 - (stamped + TRUNCATION_MS)
}

/** True when the skew by itself explains a refusal, the coarseness of `Date` allowed for. */
export function isTooFarOff(skewMs: number): boolean {
  return Math.abs(skewMs) >= ALLOWED_MS - TRUNCATION_MS
}
