/** Connections, and the requests on them that have been let in and not been answered yet. */
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import { OciProfilesError } from '../errors.ts'
import { endWork } from './ended-work.ts'

export class OpenRequests {
  readonly #sockets = new Set<Socket>()
  readonly #replies = new Set<FastifyReply>()

  constructor(server: Server) {
    server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
  }

  begin(reply: FastifyReply): void {
    this.#replies.add(reply)
  }

  end(reply: FastifyReply): void {
    this.#replies.delete(reply)
  }

  /** The first one on that connection. */
  on(socket: Socket): FastifyReply | undefined {
    for (const reply of this.#replies) if (reply.raw.socket === socket) return reply
    return undefined
  }

  /** Closes connections without such a request, those too, on which the head of one has only begun to arrive. */
  closeUnused(): void {
    const used = new Set([...this.#replies].map(({ raw }) => raw.socket))
    for (const socket of this.#sockets) if (!used.has(socket)) socket.destroy()
  }

  /** Answers all that are still open with SHUTTING_DOWN, and ends the work for them. */
  refuse(): void {
    for (const reply of this.#replies) {
      if (reply.sent) continue
      const fact = 'The service stops, and the request would have taken longer than it may wait'
      void reply.header('connection', 'close').send(new OciProfilesError('SHUTTING_DOWN', fact))
      endWork(reply)
    }
  }
}
