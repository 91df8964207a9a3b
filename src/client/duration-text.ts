/** Durations in the words of messages. */

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** From the greatest down; each is told together with the one below it. */
const UNITS = [
  [DAY, 'd'],
  [HOUR, 'h'],
  [MINUTE, 'min'],
  [SECOND, 's'],
] as const

/** `12 s`, `7 min 12 s`, `2 h 5 min`, `3 d 4 h`: rounded to the smaller unit. The sign of `ms` is not told. */
export function durationText(ms: number): string {
  const exact = Math.round(Math.abs(ms) / SECOND) * SECOND
  const first = UNITS.findIndex(([unit]) => exact >= unit)
  if (first === -1) return '0 s'
  const [unit, name] = UNITS[first]!
  const [smaller, smallerName] = UNITS[first + 1] ?? UNITS[first]!
  const rounded = Math.round(exact / smaller) * smaller
  const rest = (rounded % unit) / smaller
  const whole = `${Math.floor(rounded / unit)} ${name}`
  return rest === 0 ? whole : `${whole} ${rest} ${smallerName}`
}
