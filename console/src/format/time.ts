/** Times and durations in words. Pure. */

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** In the reader's own zone, which is named. */
const EXACT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' })
/** Swedes write dates as ISO 8601 does. */
const LOCAL = new Intl.DateTimeFormat('sv', {
  dateStyle: 'short',
  timeStyle: 'long',
})
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const DAY_AND_CLOCK = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

export function exactTime(ms: number): string {
  return EXACT.format(ms)
}

/** A time of a message, in the reader's zone: written the way it came, so that the two can be compared. */
export function localTime(iso: string): string {
  return LOCAL.format(Date.parse(iso))
}

/** Without the date where it is less than twelve hours away. */
export function clockTime(ms: number, now: number): string {
  return (Math.abs(now - ms) < 12 * HOUR ? CLOCK : DAY_AND_CLOCK).format(ms)
}

export function timeAgo(ms: number, now: number): string {
  const age = now - ms
  if (age < 5 * SECOND) return 'just now'
  if (age < MINUTE) return `${Math.floor(age / SECOND)} s ago`
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min ago`
  if (age < 2 * DAY) return `${Math.floor(age / HOUR)} h ago`
  return `${Math.floor(age / DAY)} days ago`
}

/** How long until then: the nearer, the more exact. `null` when it has passed. */
export function timeLeft(ms: number, now: number): string | null {
  const left = ms - now
  if (left <= 0) return null
  if (left < 10 * MINUTE) {
    const seconds = Math.ceil(left / SECOND)
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
  }
  if (left < HOUR) return `${Math.floor(left / MINUTE)} min`
  const minutes = Math.floor((left % HOUR) / MINUTE)
  if (left < DAY) return `${Math.floor(left / HOUR)} h ${minutes} min`
  if (left < 2 * DAY) return `${Math.floor(left / HOUR)} h`
  return `${Math.floor(left / DAY)} days`
}

/** Of a check: `12 ms`, `1.2 s`. */
export function durationText(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} ms`
  return `${(ms / SECOND).toFixed(1)} s`
}
