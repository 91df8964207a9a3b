/** The path of a request, as it may be logged. */

/** Without the query: what stands there is nobody's business in a log. */
export function requestPath({ url }: { url: string }): string {
  const end = url.indexOf('?')
  return url.slice(0, end === -1 ? 300 : Math.min(end, 300))
}
