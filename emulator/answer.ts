/** What a route answers, and the way that it takes to the wire. */
import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { Refusal } from './refusals.ts'

export interface Answer {
  status: number
  headers?: Readonly<Record<string, string>>
  /** Sent at once with its length; an array piece by piece, without. */
  body: Buffer | readonly string[]
}

export interface Stamp {
  /** The service's clock, in milliseconds. */
  now: number
  opcRequestId: string
}

export function jsonAnswer(value: unknown, headers: Record<string, string> = {}): Answer {
  const body = Buffer.from(JSON.stringify(value))
  return { status: 200, headers: { 'content-type': 'application/json', ...headers }, body }
}

export function textAnswer(text: string): Answer {
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: Buffer.from(text) }
}

export function refusalAnswer(refusal: Refusal, headers: Record<string, string> = {}): Answer {
  const { status, code, message } = refusal
  return { ...jsonAnswer({ code, message }, headers), status }
}

/** Resolves when the last byte is handed to the system, or when the other side has gone. */
export async function sendAnswer(
  response: ServerResponse,
  answer: Answer,
  stamp: Stamp,
): Promise<void> {
  const { body } = answer
  if (body instanceof Buffer) {
    writeHead(response, answer, stamp, body.length)
    await end(response, body)
    return
  }
  writeHead(response, answer, stamp, null)
  for (const piece of body) {
    response.write(piece)
    // One turn of the loop each, so that they leave as pieces.
    await new Promise((resolve) => setImmediate(resolve))
  }
  await end(response)
}

/** `length` null: the end of the answer is the end of its chunks. */
export function writeHead(
  response: ServerResponse,
  answer: Answer,
  stamp: Stamp,
  length: number | null,
): void {
  response.sendDate = false
  response.writeHead(answer.status, {
    date: new Date(stamp.now).toUTCString(),
    'opc-request-id': stamp.opcRequestId,
    ...answer.headers,
    ...(length === null ? {} : { 'content-length': String(length) }),
  })
}

/** The client's own id, where it sent a plain one, and two of ours: the form of OCI. */
export function makeRequestId(clientId: string | null): string {
  const first = clientId !== null && /^[A-Za-z0-9-]{1,64}$/.test(clientId) ? clientId : id()
  return `${first}/${id()}/${id()}`
}

function id(): string {
  return randomBytes(16).toString('hex').toUpperCase()
}

async function end(response: ServerResponse, body?: Buffer): Promise<void> {
  if (response.destroyed) return
  await new Promise<void>((resolve) => {
    response.once('close', resolve)
    response.end(body, () => resolve())
  })
}
