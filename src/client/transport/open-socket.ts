/**
 * Opens one connection: name and TCP, the proxy's tunnel, TLS. Each of the three has the connect time-out for itself, on
 * a timer of its own: undici's timers are a second coarse, and it cannot cancel what it is opening.
 */
import { lookup as systemLookup } from 'node:dns'
import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net'
import { connect as connectTls, type SecureContext } from 'node:tls'
import { awaitSocket } from './await-socket.ts'
import type { ConnectStep, ProxyName } from './connect-fault.ts'
import { openTunnel } from './open-tunnel.ts'
import type { Proxy } from './proxies.ts'
import type { Target } from './target.ts'

export interface SocketSettings {
  timeoutMs: number
  proxy: Proxy | null
  /** Trusted certificates; `null` for those of Node. */
  trust: SecureContext | null
  lookup?: LookupFunction
}

/** Rejects with a `ConnectFault`. */
export async function openSocket(target: Target, settings: SocketSettings): Promise<Socket> {
  const { proxy } = settings
  if (!proxy) return secure(await openTcp(target, settings, null), target, settings, null)
  const plain = await openTcp(proxy, settings, proxy)
  const socket = await secure(plain, proxy, settings, proxy)
  await openTunnel(socket, target, proxy, settings.timeoutMs)
  return secure(socket, target, settings, null)
}

async function openTcp(
  { host, port }: Pick<Target, 'host' | 'port'>,
  { timeoutMs, lookup = systemLookup }: SocketSettings,
  proxy: ProxyName | null,
): Promise<Socket> {
  let step: ConnectStep = isIP(host) ? 'tcp' : 'name'
  const socket = connectTcp({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: 60_000,
    // Node gives each address but the last 250 ms, too few for the other side of the globe.
    autoSelectFamilyAttemptTimeout: Math.max(250, Math.min(1000, timeoutMs / 2)),
    lookup: (name, options, callback) => {
      lookup(name, options, (error, ...found) => {
        if (!error) step = 'tcp'
        callback(error, ...found)
      })
    },
  })
  await awaitSocket(socket, 'connect', { step: () => step, timeoutMs, proxy })
  return socket
}

async function secure(
  socket: Socket,
  { host, isTls }: Pick<Target, 'host' | 'isTls'>,
  { timeoutMs, trust }: SocketSettings,
  proxy: ProxyName | null,
): Promise<Socket> {
  if (!isTls) return socket
  const secured = connectTls({
    socket,
    host,
    // An IP address is no server name in TLS; it is still compared with the certificate, as the host.
    servername: isIP(host) ? '' : host,
    secureContext: trust ?? undefined,
    ALPNProtocols: ['http/1.1'],
  })
  await awaitSocket(secured, 'secureConnect', { step: () => 'tls', timeoutMs, proxy })
  return secured
}
