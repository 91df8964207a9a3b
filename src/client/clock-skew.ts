/** The local clock against that of a service, as its `Date` header shows it. Pure. */
import { durationText } from './duration-text.ts'

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

/** What is wrong with the local clock, where that by itself explains a refusal; else `null`. */
export function explainClockSkew(reading: ClockReading): { message: string; fix: string } | null {
  const ms = measureSkew(reading)
  if (ms === null || Math.abs(ms) < ALLOWED_MS - TRUNCATION_MS) return null
  return {
    message: `your clock is ${durationText(ms)} ${ms < 0 ? 'behind' : 'ahead'}; OCI allows 5 min`,
    fix: 'Set the clock of this machine and enable time synchronisation (NTP); on Linux: timedatectl set-ntp true',
  }
}

/**
 * Local clock minus that of the service in milliseconds, negative when the local one is behind; `null` without a `Date`
 * that can be read. The reply is taken to have left halfway through the round trip.
 */
function measureSkew({ date, arrivedAt, roundTripMs }: ClockReading): number | null {
  const stamped = date === null ? Number.NaN : Date.parse(date)
  if (Number.isNaN(stamped)) return null
  return arrivedAt - roundTripMs / 2 - (stamped + TRUNCATION_MS)
}
