/** What cannot even be read as a request: answered on the bare socket, in the words of all other errors. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { OciProfilesError } from '../errors.ts'
import { problemBody, PROBLEM_JSON } from './problem.ts'
import { createRequestId } from './request-id.ts'

/** `told` hears of the status of each answer. */
export function clientFaultHandler(docs: string, told: (status: number) => void) {
  return (error: NodeJS.ErrnoException, socket: Socket): void => {
    // A client that went away is not waiting for an answer.
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy()
      return
    }
    const fault = explain(error.code)
    told(fault.status ?? 400)
    const body = JSON.stringify(problemBody(fault, docs, createRequestId({ headers: {} })))
    const head = [
      `HTTP/1.1 ${fault.status} ${STATUS_CODES[fault.status]}`,
      `content-type: ${PROBLEM_JSON}`,
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ]
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  }
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
