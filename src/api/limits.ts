/** What protects the process from clients that are slow, silent or many. None of it is about how fast a right key may come. */

export interface Limits {
  /** Until head and body of a request have arrived, in milliseconds. */
  requestMs: number
  /** As long a client may take nothing of a large answer, in milliseconds. */
  stalledMs: number
  /** As long a connection is kept for the next request, in milliseconds. */
  keepAliveMs: number
  connections: number
  bodyBytes: number
}

export const DEFAULT_LIMITS: Limits = {
  requestMs: 30_000,
  stalledMs: 30_000,
  keepAliveMs: 65_000,
  connections: 2_000,
  bodyBytes: 1024 * 1024,
}
