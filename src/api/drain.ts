/**
 * The end of listening. Nobody new is let in; requests that are under way finish. A connection that is open may bring one
 * more request just now: closing it at once would lose that, so each is given a moment to be told that the service stops.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { TypedApp } from './route.ts'

const GRACE_MS = 300
const LOOK_EVERY_MS = 100

/** Resolves when the last connection is closed. */
export async function drain(app: TypedApp): Promise<void> {
  const { server } = app
  const closeIdle = server.closeIdleConnections.bind(server)
  // Node would close idle connections together with the port.
  server.closeIdleConnections = () => {}
  const closed = app.close()
  await Promise.race([closed, pause(GRACE_MS, undefined, { ref: false })])
  server.closeIdleConnections = closeIdle
  closeIdle()
  // Those that have finished their request since.
  const timer = setInterval(closeIdle, LOOK_EVERY_MS).unref()
  try {
    await closed
  } finally {
    clearInterval(timer)
  }
}
