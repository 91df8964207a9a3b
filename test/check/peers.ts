/** Other sides that misbehave below HTTP, or that are no OCI: all on loopback, all gone when disposed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Peer extends AsyncDisposable {
  url: string
}

/** Takes connections and does with them what it is told to. */
export async function startPeer(serve: (socket: Socket) => void): Promise<Peer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    socket.once('close', () => sockets.delete(socket))
    serve(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

/** Answers every request with this text, as it stands. */
export function startAnswering(
  status: string,
  headers: string[],
  body = '',
  { delayMs = 0 } = {},
): Promise<Peer> {
  const head = [`HTTP/1.1 ${status}`, ...headers, `content-length: ${body.length}`]
  const answer = `${head.join('\r\n')}\r\n\r\n${body}`
  return startPeer((socket) =>
    socket.on('data', () => setTimeout(() => socket.write(answer), delayMs)),
  )
}

/** A port on which nobody listens. */
export async function findRefusingUrl(): Promise<string> {
  const peer = await startPeer(() => {})
  await peer[Symbol.asyncDispose]()
  return peer.url
}

const DEAF = `
  const server = require('node:net').createServer()
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    require('node:fs').writeSync(1, server.address().port + '\\n')
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 60_000)
    process.exit()
  })`

/** A port that answers no attempt to connect, like a firewall that drops packets: its queue is full, and nobody empties it. */
export async function startBlackHole(): Promise<Peer> {
  const child = spawn(process.execPath, ['-e', DEAF], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = (await once(child.stdout, 'data')) as [Buffer]
  const fillers = Array.from({ length: 8 }, () => connect(Number(port), '127.0.0.1'))
  for (const socket of fillers) socket.on('error', () => {})
  await Promise.all(fillers.slice(0, 2).map((socket) => once(socket, 'connect')))
  return {
    url: `http://127.0.0.1:${Number(port)}`,
    async [Symbol.asyncDispose]() {
      for (const socket of fillers) socket.destroy()
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
