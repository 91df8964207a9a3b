/** Asks an HTTP proxy for a tunnel (CONNECT), for so long and no longer. */
import type { Socket } from 'node:net'
import { ConnectFault, type ProxyName } from './connect-fault.ts'
import type { Proxy } from './proxies.ts'
import type { Target } from './target.ts'

const MAX_HEAD_BYTES = 16 * 1024
/** Of a proxy that was told who asks. */
export const REFUSED_USER = ': it does not accept the user and password'
const END_OF_HEAD = '\r\n\r\n'

/** Resolves when the bytes that follow are those of the target. Rejects with a `ConnectFault` of the step `proxy`. */
export async function openTunnel(
  socket: Socket,
  { host, port }: Pick<Target, 'host' | 'port'>,
  proxy: ProxyName & Pick<Proxy, 'authorization'>,
  timeoutMs: number,
): Promise<void> {
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`]
  if (proxy.authorization) lines.push(`Proxy-Authorization: ${proxy.authorization}`)
  socket.write(lines.join('\r\n') + END_OF_HEAD)
  const head = await readHead(socket, proxy, timeoutMs)
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1])
  if (status >= 200 && status < 300) return
  socket.destroy()
  const what = Number.isNaN(status)
    ? 'with something that is not HTTP'
    : `${status}${refusedUser(status, proxy)}`
  throw new ConnectFault('proxy', `answered CONNECT ${authority} ${what}`, { proxy })
}

function refusedUser(status: number, { authorization }: Pick<Proxy, 'authorization'>): string {
  return status === 407 && authorization !== null ? REFUSED_USER : ''
}

function readHead(socket: Socket, proxy: ProxyName, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = Buffer.alloc(0)
    const finish = (settle: () => void): void => {
      clearTimeout(timer)
      socket.off('readable', onReadable).off('error', onError).off('close', onClose)
      settle()
    }
    const fail = (message: string, options: { isTimeout?: boolean; cause?: unknown }): void =>
      finish(() => {
        socket.destroy()
        reject(new ConnectFault('proxy', message, { ...options, proxy }))
      })
    const onError = (cause: Error): void => fail(cause.message, { cause })
    const onClose = (): void => fail('closed the connection', {})
    const onReadable = (): void => {
      for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) {
        received = Buffer.concat([received, chunk])
      }
      const end = received.indexOf(END_OF_HEAD)
      if (end === -1 && received.length > MAX_HEAD_BYTES) return fail('sent no end of its head', {})
      if (end === -1) return undefined
      return finish(() => {
        const rest = received.subarray(end + END_OF_HEAD.length)
        if (rest.length > 0) socket.unshift(rest)
        resolve(received.toString('latin1', 0, end))
      })
    }
    const timer = setTimeout(() => fail('did not answer', { isTimeout: true }), timeoutMs)
    socket.on('readable', onReadable).once('error', onError).once('close', onClose)
  })
}
