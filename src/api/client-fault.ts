/** What cannot even be read as a request: answered on the bare socket, in the words of all other errors. */
import type { FastifyReply } from 'fastify'
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { OciProfilesError } from '../errors.ts'
import { problemBody, PROBLEM_JSON } from './problem.ts'
import { createRequestId } from './request-id.ts'

export interface ClientFaultDeps {
  /** Where `type` of a problem leads. */
  docs: string
  /** Hears of the status of each answer. */
  told: (status: number) => void
  /** Of a request on the socket that has been let in and not been answered yet. */
  replyOn: (socket: Socket) => FastifyReply | undefined
}

export function clientFaultHandler(deps: ClientFaultDeps) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    // A client that went away is not waiting for an answer.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const reply = deps.replyOn(socket)
    if (reply && !isAbout(reply)) {
      endAfter(reply, socket)
      return
    }
    answerOn(socket, explain(error.code), deps)
  }
}

/** A tunnel is asked for of a proxy. Node would close the connection without a word. */
export function connectHandler(deps: ClientFaultDeps) {
  return (_request: unknown, socket: Duplex): void => {
    const fact = 'CONNECT is for proxies, and this is none'
    answerOn(socket, new OciProfilesError('METHOD_NOT_ALLOWED', fact), deps, ['allow: '])
  }
}

function answerOn(
  socket: Duplex,
  fault: OciProfilesError,
  { docs, told }: ClientFaultDeps,
  headers: readonly string[] = [],
): void {
  told(fault.status)
  const body = JSON.stringify(problemBody(fault, docs, createRequestId({ headers: {} })))
  const head = [
    `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`,
    `content-type: ${PROBLEM_JSON}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...headers,
    'connection: close',
  ]
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Whether the fault is one of the body of that request, and nothing of its answer has been sent. */
function isAbout({ request, raw }: FastifyReply): boolean {
  return !request.raw.complete && !raw.headersSent
}

/** An answer that is under way is not to be mixed with another. What came behind its request is answered by the end. */
function endAfter({ request, raw }: FastifyReply, socket: Socket): void {
  const isEndless = request.routeOptions.config?.isStream ?? false
  if (isEndless || !request.raw.complete) socket.destroy()
  else raw.once('close', () => socket.destroy())
}

function explain(code: string | undefined): OciProfilesError {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new OciProfilesError('HEADERS_TOO_LARGE', 'Request line and headers exceed 16 KiB')
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return new OciProfilesError('REQUEST_TIMEOUT', 'The request did not arrive within 30 s')
  }
  return new OciProfilesError('BAD_REQUEST', 'This is not an HTTP request')
}
