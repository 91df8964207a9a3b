/** What the results of many checks come to, in one line. */

/** `18 of 24 work, 6 fail (3.2 s)` */
export function summarizeChecks(useable: number, total: number, durationMs: number): string {
  const time = `(${(durationMs / 1000).toFixed(1)} s)`
  const failing = total - useable
  if (failing === 0) return `all ${total} work ${time}`
  if (useable === 0) return `none of ${total} works ${time}`
  return `${useable} of ${total} work${useable === 1 ? 's' : ''}, ${failing} fail${failing === 1 ? 's' : ''} ${time}`
}
