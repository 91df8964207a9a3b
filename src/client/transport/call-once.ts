/** One whole call, small on both sides and over in time, for what this package asks of services by itself. */
import { connectionsFor, type ConnectionSettings } from './connections.ts'
import { converse } from './conversation.ts'
import { durationText } from './duration.ts'
import { tracedCall } from './traced-call.ts'
import { TransportError } from './transport-error.ts'
import { cancelledBeforeSending } from './transport-fault.ts'

export interface PlainCall {
  method: 'GET' | 'POST'
  url: URL
  headers: Headers
  /** Empty for none. */
  body: string
  connections: ConnectionSettings
  /** From the first step of a connection to the last byte of the answer. */
  deadlineMs: number
  signal?: AbortSignal
}

export interface PlainAnswer {
  status: number
  /** Where it is longer than 64 KiB, the beginning. */
  text: string
  headers: Headers
  /** Local time at arrival, in milliseconds since 1970. */
  arrivedAt: number
  roundTripMs: number
}

const MAX_BYTES = 64 * 1024

/** Follows no redirect. Rejects with a `TransportError`. */
export function callOnce(call: PlainCall): Promise<PlainAnswer> {
  return tracedCall(call.method, call.url, () => callInTime(call))
}

async function callInTime(call: PlainCall): Promise<PlainAnswer> {
  const { url, deadlineMs, signal } = call
  if (signal?.aborted) throw cancelledBeforeSending(url, signal.reason)
  const limit = new AbortController()
  let isLate = false
  const timer = setTimeout(() => {
    isLate = true
    limit.abort()
  }, deadlineMs)
  const cancel = (): void => limit.abort(signal?.reason)
  signal?.addEventListener('abort', cancel)
  try {
    return await send(call, limit.signal)
  } catch (error) {
    throw isLate ? late(url, deadlineMs, error) : error
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', cancel)
  }
}

async function send(call: PlainCall, signal: AbortSignal): Promise<PlainAnswer> {
  const { method, url, headers, body, connections, deadlineMs } = call
  const pool = await connectionsFor(connections)
  const startedAt = performance.now()
  // undici counts the body by itself.
  const sent = [...headers].filter(([name]) => name !== 'content-length').flat()
  const request = { method, url, headers: sent, body: body || null }
  const response = await converse(pool, request, { readTimeoutMs: deadlineMs, signal })
  const head = { arrivedAt: Date.now(), roundTripMs: performance.now() - startedAt }
  return { status: response.status, headers: response.headers, ...head, text: await read(response) }
}

async function read({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body ?? []) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > MAX_BYTES) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The way that it went so far tells more where it failed by itself. */
function late({ host }: URL, deadlineMs: number, error: unknown): unknown {
  if (!(error instanceof TransportError) || error.code !== 'CHECK_CANCELLED') return error
  const message = `${host} gave no whole answer in ${durationText(deadlineMs)}`
  return new TransportError('READ_TIMEOUT', message, { cause: error })
}
