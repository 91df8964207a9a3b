/** The path of a request, as it may be logged. */

/** Without the query, and without host and user of a whole URL: what stands there is nobody's business in a log. */
export function requestPath({ url: asked }: { url: string }): string {
  const url = asked.startsWith('/') ? asked : asked.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
  const end = url.indexOf('?')
  return url.slice(0, end === -1 ? 300 : Math.min(end, 300))
}
