/** The connections of one opening: one that listens, and a small pool for reading and writing. */
import pg from 'pg'
import type { PostgresUrl } from '../../settings/index.ts'
import { makeClientConfig, PostgresClient } from './postgres-client.ts'
import { isTlsRefused } from './postgres-fault.ts'
import type { Sockets } from './sockets.ts'
import { tlsWays } from './tls.ts'

export interface Connections {
  /** Connected. Hears of changes, and of the end of the server. */
  listener: PostgresClient
  /** Connects when it is used, and lets go after a while. */
  pool: pg.Pool
}

const POOL_SIZE = 2
const POOL_IDLE_MS = 10_000

/** Takes the first way that the server allows; the pool goes the same. */
export async function connect(url: PostgresUrl, sockets: Sockets): Promise<Connections> {
  const ways = await tlsWays(url)
  for (;;) {
    const config = makeClientConfig(url, ways.shift() ?? false, sockets)
    try {
      return { listener: await connectListener(config), pool: makePool(config) }
    } catch (error) {
      if (ways.length === 0 || !isTlsRefused(error)) throw error
    }
  }
}

async function connectListener(config: pg.ClientConfig): Promise<PostgresClient> {
  const listener = new PostgresClient(config)
  await listener.connect()
  return listener
}

function makePool(config: pg.ClientConfig): pg.Pool {
  const pool = new pg.Pool({
    ...config,
    Client: PostgresClient,
    max: POOL_SIZE,
    idleTimeoutMillis: POOL_IDLE_MS,
    allowExitOnIdle: true,
  })
  // A connection that ends while nobody uses it is replaced at the next use.
  pool.on('error', () => {})
  return pool
}
