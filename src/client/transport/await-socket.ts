/** Waits for one event of a socket, for so long and no longer. A socket that fails or is late is destroyed. */
import type { Socket } from 'node:net'
import { ConnectFault, type ConnectStep, type ProxyName } from './connect-fault.ts'

export interface SocketWait {
  /** Asked when it is over: a step may turn into the next. */
  step: () => ConnectStep
  timeoutMs: number
  proxy: ProxyName | null
}

export function awaitSocket(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  { step, timeoutMs, proxy }: SocketWait,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (fault: ConnectFault): void => {
      settle()
      socket.destroy()
      reject(fault)
    }
    const onError = (cause: Error): void =>
      fail(new ConnectFault(step(), cause.message, { proxy, cause }))
    const onClose = (): void => fail(new ConnectFault(step(), 'closed', { proxy }))
    const onEvent = (): void => {
      settle()
      resolve()
    }
    const timer = setTimeout(() => {
      fail(new ConnectFault(step(), `not done in ${timeoutMs} ms`, { proxy, isTimeout: true }))
    }, timeoutMs)
    const settle = (): void => {
      clearTimeout(timer)
      socket.off(event, onEvent).off('error', onError).off('close', onClose)
    }
    // One that stays: an error that comes between two waits must not end the process.
    socket.on('error', ignore)
    socket.once(event, onEvent).once('error', onError).once('close', onClose)
  })
}

function ignore(): void {}
