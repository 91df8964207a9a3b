/**
 * The end of listening. Nobody new is let in; requests that are under way finish. A connection that is open may bring one
 * more request just now: closing it at once would lose that, so each is given a moment to be told that the service stops.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { OpenRequests } from './open-requests.ts'
import type { TypedApp } from './route.ts'

const GRACE_MS = 300
const LOOK_EVERY_MS = 100
/** What is answered in the last moment needs one to get there. */
const FAREWELL_MS = 500

/** Resolves when the last connection is closed, `limitMs` later at most: what takes longer is refused shortly before. */
export async function drain(app: TypedApp, open: OpenRequests, limitMs: number): Promise<void> {
  const { server } = app
  // Node would close idle connections together with the port.
  server.closeIdleConnections = () => {}
  const closed = app.close()
  const limits = [
    setTimeout(() => open.refuse(), limitMs - FAREWELL_MS).unref(),
    setTimeout(() => server.closeAllConnections(), limitMs).unref(),
  ]
  await Promise.race([closed, pause(GRACE_MS, undefined, { ref: false })])
  open.closeUnused()
  // Those that have finished their request since.
  const timer = setInterval(() => open.closeUnused(), LOOK_EVERY_MS).unref()
  try {
    await closed
  } finally {
    clearInterval(timer)
    for (const limit of limits) clearTimeout(limit)
  }
}
