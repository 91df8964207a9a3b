/** Servers on loopback that behave as bad networks do. Each is gone when its test is over. */
import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { onTestFinished } from 'vitest'

export interface LoopbackServer {
  port: number
  url: string
  /** Connections so far. */
  connections: Socket[]
  stop: () => void
}

/** Hands each connection to a function. */
export async function serve(talk: (socket: Socket) => void): Promise<LoopbackServer> {
  const connections: Socket[] = []
  const server = createServer((socket) => {
    connections.push(socket)
    socket.on('error', () => {})
    talk(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const stop = () => {
    server.close()
    for (const socket of connections) socket.destroy()
  }
  onTestFinished(stop)
  const port = portOf(server)
  return { port, url: `http://127.0.0.1:${port}`, connections, stop }
}

/** Reads a request and answers with these bytes. */
export function serveBytes(...answers: string[]): Promise<LoopbackServer> {
  return serve((socket) => {
    socket.once('data', () => {
      for (const answer of answers) socket.write(answer, 'latin1')
    })
  })
}

/** A port where nobody listens. */
export async function closedPort(): Promise<number> {
  const { port, stop } = await serve(() => {})
  stop()
  return port
}

/** Takes no connection and refuses none: its queue is full, and it never looks into it. */
export async function blackHole(): Promise<number> {
  const worker = new Worker(
    `const { parentPort } = require('node:worker_threads')
     const server = require('node:net').createServer().listen(0, '127.0.0.1', 1, () => {
       parentPort.postMessage(server.address().port)
       setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20)
     })`,
    { eval: true, execArgv: [] },
  )
  const [port] = (await once(worker, 'message')) as [number]
  await pause(100)
  const waiting = [1, 2, 3, 4].map(() => connect(port, '127.0.0.1').on('error', () => {}))
  onTestFinished(async () => {
    for (const socket of waiting) socket.destroy()
    await worker.terminate()
  })
  await pause(100)
  return port
}

/** Sends everything on to a port, changed on the way there. */
export async function forwardTo(
  port: number,
  change: (text: string) => string,
): Promise<LoopbackServer> {
  return serve((socket) => {
    const onward = connect(port, '127.0.0.1').on('error', () => socket.destroy())
    socket.on('data', (data) => onward.write(change(data.toString('latin1')), 'latin1'))
    socket.on('close', () => onward.destroy())
    onward.pipe(socket)
  })
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port
}
