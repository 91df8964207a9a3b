/** Starts and stops the emulator: the server, its connections, and the handle that users hold. */
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { Faults, type Fault } from './faults.ts'
import { handleRequest, type Setting } from './handle-request.ts'
import { Identities, type Identity, type IdentityInput } from './identities.ts'
import { RequestLog, type RequestEntry } from './request-log.ts'
import { ObjectStore } from './routes/index.ts'
import { SessionTokens, type SessionTokenInput } from './session-tokens.ts'
import { tokenKey } from './token-key.ts'

export interface EmulatorOptions {
  /** Default 0: any free one. */
  port?: number
  /** Default 127.0.0.1. */
  host?: string
  /** PEM. With it the emulator speaks HTTPS. */
  tls?: { key: string; cert: string }
  /** The clock, milliseconds since 1970. Default Date.now. */
  now?: () => number
  /** Told of every request when it is over. */
  log?: (entry: RequestEntry) => void
  /** Longest body that is taken. Default 8 MiB. */
  maxBodyBytes?: number
  /** Bytes of objects that are kept altogether. Default 64 MiB. */
  maxStoredBytes?: number
}

export interface Emulator extends AsyncDisposable {
  /** Base URL, without a trailing slash. */
  readonly url: string
  readonly port: number
  /** The last 1000 requests, oldest first: a copy without anything secret. */
  readonly requests: readonly RequestEntry[]
  /** Makes a user known. A name that is taken gives way. Throws TypeError for a key that is not RSA. */
  addIdentity: (input: IdentityInput) => Identity
  /** A session token, as `security_token_file` holds it. */
  mintSessionToken: (input: SessionTokenInput) => string
  /**
   * Faults for an identity (by name, or by the OCID of its user), or for all requests (`null`). Replaces those that were
   * set there before; `null` takes them back. Throws RangeError for a name that nobody has.
   */
  setFault: (owner: string | null, fault: Fault | readonly Fault[] | null) => void
  /** Ends everything at once, hung connections too. Resolves when the port is free. */
  close: () => Promise<void>
}

const MIB = 1024 * 1024

/** Rejects with Node's own error when the port is taken. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { port = 0, host = '127.0.0.1', tls, now = Date.now, log = () => {} } = options
  const { maxBodyBytes = 8 * MIB, maxStoredBytes = 64 * MIB } = options
  const connections = new Map<string, Socket>()
  const closing = new AbortController()
  const setting: Setting = {
    identities: new Identities(),
    faults: new Faults(),
    log: new RequestLog(),
    world: {
      objects: new ObjectStore(maxStoredBytes),
      tokens: new SessionTokens(await tokenKey()),
    },
    maxBodyBytes,
    now,
    connectionOf: (socket) => connections.get(connectionKey(socket)) ?? socket,
    closing: closing.signal,
    report: log,
  }

  const listener: RequestListener = (message, response) => {
    void handleRequest(message, response, setting)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  // Longer than any pause of a client: an idle connection that is closed under a request looks like a fault.
  server.keepAliveTimeout = 60_000
  trackConnections(server, connections)
  await listen(server, port, host)

  const address = server.address() as AddressInfo
  let closed: Promise<void> | undefined
  const close = () => (closed ??= stop(server, connections, closing))
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${urlHost(host)}:${address.port}`,
    port: address.port,
    get requests() {
      return setting.log.entries()
    },
    addIdentity: (input) => setting.identities.add(input),
    mintSessionToken: (input) => setting.world.tokens.mint(input, now()),
    setFault: (owner, fault) => setFault(setting, owner, fault),
    close,
    [Symbol.asyncDispose]: close,
  }
}

function setFault(
  { identities, faults }: Setting,
  owner: string | null,
  fault: Fault | readonly Fault[] | null,
): void {
  if (owner !== null && identities.byName(owner) === null && !owner.startsWith('ocid1.')) {
    throw new RangeError(`no identity is named ${owner}`)
  }
  const list: readonly Fault[] = fault === null ? [] : 'kind' in fault ? [fault] : fault
  faults.set(owner, list)
}

/** TCP connections by the client's address: TLS sockets know theirs no other way, and only TCP can be reset. */
function trackConnections(server: Server, connections: Map<string, Socket>): void {
  server.on('connection', (socket: Socket) => {
    const key = connectionKey(socket)
    connections.set(key, socket)
    socket.once('close', () => connections.delete(key))
  })
}

function connectionKey({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function stop(
  server: Server,
  connections: ReadonlyMap<string, Socket>,
  closing: AbortController,
): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()))
  closing.abort()
  for (const socket of connections.values()) socket.destroy()
  return ended
}

/** An address that means "all" is reached by loopback. */
function urlHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
