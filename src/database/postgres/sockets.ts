/** The sockets of one opening: all of them can be ended at once, whatever a server that hangs owes them. */
import { Socket } from 'node:net'

export class Sockets {
  readonly #open = new Set<Socket>()
  #isOver = false

  /** Throws when the end has come already. */
  make(): Socket {
    if (this.#isOver) throw new Error('terminated')
    const socket = new Socket()
    this.#open.add(socket)
    socket.once('close', () => this.#open.delete(socket))
    return socket
  }

  destroy(): void {
    this.#isOver = true
    for (const socket of this.#open) socket.destroy()
  }
}
