/** The `HttpClient` that Oracle's SDK takes: signs, sends, tells its observer. Follows no redirect: a signature is for one host. */
import type { HttpClient, HttpRequest } from 'oci-common'
import { collectBody, isStream, type NativeSigner } from '../signing/index.ts'
import { bufferRefusal } from './buffer-refusal.ts'
import { connectionsFor, type ConnectionSettings } from './connections.ts'
import { converse, type OutgoingRequest } from './conversation.ts'
import { exchangeOf, type Exchange } from './exchange.ts'
import { isLarge, toPayload, type Payload } from './payload.ts'
import { tracedCall } from './traced-call.ts'
import { TransportError } from './transport-error.ts'
import { cancelledBeforeSending } from './transport-fault.ts'

export interface HttpClientSettings {
  signer: NativeSigner
  connections: ConnectionSettings
  readTimeoutMs: number
  signal?: AbortSignal
  /** Goes behind the SDK's own `User-Agent`; empty for none. */
  userAgent: string
  observe: (exchange: Exchange) => void
  /** Makes of a failure what the SDK is to be given; a final one must not be tried again. */
  carry: (error: Error, isFinal: boolean) => Error
}

/** undici sets these by itself, or refuses them. */
const OWN_HEADERS = new Set(['connection', 'expect', 'keep-alive', 'transfer-encoding', 'upgrade'])

export function createHttpClient(settings: HttpClientSettings): HttpClient {
  return {
    send: async (request, excludeBody = false) => {
      try {
        return await send(request, excludeBody, settings)
      } catch (error) {
        const failure = error instanceof Error ? error : new Error(String(error))
        throw settings.carry(failure, isFinal(failure, request))
      }
    },
  }
}

/** A stream is gone once it was sent; a cancelled request, or one that cannot be signed, stays so. */
function isFinal(failure: Error, request: HttpRequest): boolean {
  if (isStream(request.body) || !(failure instanceof TransportError)) return true
  return failure.code === 'CHECK_CANCELLED'
}

/** Credentials that were renewed or withdrawn a moment ago are worth a second try: once, and not with half a stream. */
async function send(
  request: HttpRequest,
  excludeBody: boolean,
  settings: HttpClientSettings,
): Promise<Response> {
  const { signer, signal } = settings
  const url = new URL(request.uri)
  if (signal?.aborted) throw cancelledBeforeSending(url, signal.reason)
  // A copy: the SDK keeps its request for retries.
  const signed = { ...request, uri: url.href, body: await payloadOf(request.body) }
  await signer.signHttpRequest(signed, excludeBody, signal)
  const response = await answerTo(url, signed, settings)
  if (response.status !== 401 || isStream(signed.body)) return response
  if (!(await signer.replaceCredentials(signed, signal))) return response
  await signer.signHttpRequest(signed, excludeBody, signal)
  return answerTo(url, signed, settings)
}

async function answerTo(
  url: URL,
  signed: HttpRequest,
  settings: HttpClientSettings,
): Promise<Response> {
  const response = await observed(url, signed, settings)
  return bufferRefusal(response, signed.headers.get('authorization'))
}

async function observed(
  url: URL,
  signed: HttpRequest,
  settings: HttpClientSettings,
): Promise<Response> {
  const { connections, readTimeoutMs, signal, observe } = settings
  const pool = await connectionsFor(connections)
  const startedAt = performance.now()
  const about = { method: signed.method, url, durationMs: () => performance.now() - startedAt }
  try {
    const limits = { readTimeoutMs, signal }
    const request = outgoing(url, signed, settings.userAgent)
    const response = await tracedCall(signed.method, url, () => converse(pool, request, limits))
    observe(exchangeOf(about, response, null))
    return response
  } catch (error) {
    if (error instanceof TransportError) observe(exchangeOf(about, null, error))
    throw error
  }
}

function outgoing(url: URL, signed: HttpRequest, userAgent: string): OutgoingRequest {
  const body = signed.body as Payload
  const headers: string[] = []
  for (const [name, value] of signed.headers) {
    if (OWN_HEADERS.has(name)) continue
    // undici counts what it has as a whole, and must be told the length of what comes in pieces.
    if (name === 'content-length' && !isStream(body) && !isLarge(body)) continue
    headers.push(name, name === 'user-agent' && userAgent ? `${value} ${userAgent}` : value)
  }
  if (isLarge(body) && !signed.headers.has('content-length')) {
    headers.push('content-length', String(body.byteLength))
  }
  if (!signed.headers.has('accept')) headers.push('accept', '*/*')
  return { method: signed.method, url, headers, body }
}

/** Streams stay streams. */
async function payloadOf(body: unknown): Promise<Payload> {
  return isStream(body) ? body : toPayload(await collectBody(body))
}
