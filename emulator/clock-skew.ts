/** Date header against the emulator's clock: five minutes either way, in whole seconds. Pure. */
import { refusal, type Refusal } from './refusals.ts'

const ALLOWED_MS = 5 * 60 * 1000

/** Milliseconds since 1970 from an HTTP date (`Sun, 06 Nov 1994 08:49:37 GMT`); `null` for any other spelling. */
export function parseHttpDate(text: string): number | null {
  const time = Date.parse(text)
  if (Number.isNaN(time)) return null
  return new Date(time).toUTCString() === text ? time : null
}

/** The refusal for a date that is too far off, `null` for a good one. */
export function refuseSkew(date: number, now: number): Refusal | null {
  const current = Math.floor(now / 1000) * 1000
  if (Math.abs(date - current) <= ALLOWED_MS) return null
  // OCI states a range that is open above: the second after the last good one.
  const [from, to] = [utc(current - ALLOWED_MS), utc(current + ALLOWED_MS + 1000)]
  return refusal(
    401,
    'NotAuthenticated',
    `Date '${utc(date)}' is not within allowed clock skew. Current '${utc(current)}', ` +
      `valid datetime range: ['${from}', '${to}']`,
  )
}

function utc(time: number): string {
  return new Date(time).toUTCString().replace('GMT', 'UTC')
}
