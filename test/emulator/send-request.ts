/** Sends requests exactly as given: no header added, none changed. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { SignedRequest } from './sign-request.ts'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  text: string
  /** The body as JSON; `undefined` where it is none. */
  json: unknown
  /** Pieces in which the body arrived. */
  pieces: number
}

export interface SendOptions {
  port: number
  /** PEM of the CA to trust; makes it HTTPS. */
  ca?: string
  signal?: AbortSignal
}

/** Rejects where the connection breaks off before or in the answer. */
export function sendRequest(
  { method, target, headers, body }: SignedRequest,
  { port, ca, signal }: SendOptions,
): Promise<Reply> {
  const send = ca === undefined ? httpRequest : httpsRequest
  return new Promise((resolve, reject) => {
    const request = send({
      host: '127.0.0.1',
      port,
      method,
      path: target,
      headers: headers.flat(),
      setHost: false,
      agent: false,
      ca,
      signal,
    })
    request.on('error', reject)
    request.on('response', (response) => {
      const pieces: Buffer[] = []
      response.on('data', (piece: Buffer) => pieces.push(piece))
      response.on('error', reject)
      response.on('end', () => {
        const text = Buffer.concat(pieces).toString()
        const { statusCode: status = 0, headers } = response
        resolve({ status, headers, text, json: parse(text), pieces: pieces.length })
      })
    })
    request.end(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
