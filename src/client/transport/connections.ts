/** The process's connections to OCI: pools that all clients with the same settings share. Idle sockets keep no process alive. */
import type { LookupFunction } from 'node:net'
import type { Agent, buildConnector } from 'undici'
import type { CertificateBundle } from './certificate-bundle.ts'
import { openSocket } from './open-socket.ts'
import { proxyTo, type Proxies } from './proxies.ts'

export interface ConnectionSettings {
  /** For each step of a connection: name and TCP, proxy, TLS. */
  connectTimeoutMs: number
  proxies: Proxies
  certificates: CertificateBundle | null
  lookup?: LookupFunction
}

const pools = new Map<string, Promise<Agent>>()

const lookupIds = new WeakMap<LookupFunction, number>()
let lookupCount = 0

/** Loads undici at the first call. */
export function connectionsFor(settings: ConnectionSettings): Promise<Agent> {
  const key = keyOf(settings)
  let pool = pools.get(key)
  if (!pool) {
    pool = openPool(settings)
    pools.set(key, pool)
  }
  return pool
}

/** Lets running requests end, then closes every connection of this process. Clients go on working: they open new ones. */
export async function closeConnections(): Promise<void> {
  const open = [...pools.values()]
  pools.clear()
  await Promise.all(open.map(async (pool) => (await pool).close()))
}

async function openPool(settings: ConnectionSettings): Promise<Agent> {
  const { Agent } = await import('undici')
  // Time-outs of answers are the exchange's: undici's own are coarse.
  return new Agent({ connect: connector(settings), headersTimeout: 0, bodyTimeout: 0 })
}

function connector(settings: ConnectionSettings): buildConnector.connector {
  const { connectTimeoutMs: timeoutMs, proxies, certificates, lookup } = settings
  const trust = certificates?.context ?? null
  return ({ hostname: host, port, protocol }, callback) => {
    const isTls = protocol === 'https:'
    const target = { host, port: Number(port || (isTls ? 443 : 80)), isTls }
    const proxy = proxyTo(target, proxies)
    openSocket(target, { timeoutMs, proxy, trust, lookup }).then(
      (socket) => callback(null, socket),
      (error: unknown) => callback(error as Error, null),
    )
  }
}

function keyOf({ connectTimeoutMs, proxies, certificates, lookup }: ConnectionSettings): string {
  return JSON.stringify([connectTimeoutMs, proxies, certificates?.id, lookup && idOf(lookup)])
}

function idOf(lookup: LookupFunction): number {
  let id = lookupIds.get(lookup)
  if (id === undefined) {
    lookupCount += 1
    id = lookupCount
    lookupIds.set(lookup, id)
  }
  return id
}
