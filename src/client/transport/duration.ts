/** Measured times in words: `3 ms`, `1.0 s`. */

export function durationText(ms: number): string {
  return ms < 950 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`
}
