/** A port that the emulator listens at: the server, and its connections. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'

/** PEM. */
export interface TlsFiles {
  key: string
  cert: string
}

export interface DoorOptions {
  port: number
  host: string
  /** With it the door speaks HTTPS. */
  tls?: TlsFiles
  serve: (message: IncomingMessage, response: ServerResponse, connectionOf: ConnectionOf) => void
}

/** The TCP connection under a (TLS) socket. */
export type ConnectionOf = (socket: Socket) => Socket

export interface Door {
  /** Base URL, without a trailing slash. */
  url: string
  /** Where clients reach it. */
  host: string
  port: number
  /** For connections to come. Nothing without TLS. */
  setTls: (files: TlsFiles) => void
  /** Ends everything at once, hung connections too. Resolves when the port is free. */
  close: () => Promise<void>
}

/** Rejects with Node's own error when the port is taken. */
export async function openDoor({ port, host, tls, serve }: DoorOptions): Promise<Door> {
  const connections = new Map<string, Socket>()
  const connectionOf: ConnectionOf = (socket) => connections.get(connectionKey(socket)) ?? socket
  const listener = (message: IncomingMessage, response: ServerResponse) =>
    serve(message, response, connectionOf)
  const tlsServer = tls === undefined ? null : createTlsServer(tls, listener)
  const server = tlsServer ?? createServer(listener)
  // Longer than any pause of a client: an idle connection that is closed under a request looks like a fault.
  server.keepAliveTimeout = 60_000
  trackConnections(server, connections)
  await listen(server, port, host)

  const address = server.address() as AddressInfo
  const reached = reachableHost(host)
  const authority = `${reached.includes(':') ? `[${reached}]` : reached}:${address.port}`
  let closed: Promise<void> | undefined
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${authority}`,
    host: reached,
    port: address.port,
    setTls: (files) => tlsServer?.setSecureContext(files),
    close: () => (closed ??= stop(server, connections)),
  }
}

/** TCP connections by the client's address: TLS sockets know theirs no other way, and only TCP can be reset. */
function trackConnections(server: Server | TlsServer, connections: Map<string, Socket>): void {
  server.on('connection', (socket: Socket) => {
    const key = connectionKey(socket)
    connections.set(key, socket)
    socket.once('close', () => connections.delete(key))
  })
}

function connectionKey({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}

function listen(server: Server | TlsServer, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function stop(server: Server | TlsServer, connections: ReadonlyMap<string, Socket>): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()))
  for (const socket of connections.values()) socket.destroy()
  return ended
}

/** An address that means "all" is reached by loopback. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  return host === '::' ? '::1' : host
}
