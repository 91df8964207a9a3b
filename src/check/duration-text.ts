/** Durations in messages. */
/** A duration in words, exact to the second: `7 min 12 s`, `2 h 5 min`, `3 d 4 h`. `ms` may be negative. */
export function durationText(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  const units: [number, string][] = [
    [Math.floor(seconds / 86_400), 'd'],
    [Math.floor(seconds / 3600) % 24, 'h'],
    [Math.floor(seconds / 60) % 60, 'min'],
    [seconds % 60, 's'],
  ]
  const first = units.findIndex(([count]) => count > 0)
  if (first === -1) return '0 s'
  const shown = units.slice(first, first + 2).filter(([count]) => count > 0)
  return shown.map(([count, unit]) => `${count} ${unit}`).join(' ')
}
