/** One request from its headers to its answer: the flow of the emulator. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { GATES } from './access.ts'
import { makeRequestId, refusalAnswer, sendAnswer, type Answer, type Stamp } from './answer.ts'
import { parseAuthorization, type Authorization } from './authorization-header.ts'
import type { ConnectionOf, DoorOptions } from './door.ts'
import type { Faults } from './faults.ts'
import { misbehave } from './misbehave.ts'
import { receiveBody } from './receive-body.ts'
import { readHeaders, singleHeader, type ReceivedRequest } from './received-request.ts'
import { BODY_TOO_LARGE, INTERNAL_ERROR, invalidParameter, NOT_FOUND } from './refusals.ts'
import type { RequestEntry, RequestLog } from './request-log.ts'
import { decodeParams, findRoute, type FoundRoute, type World } from './routes/index.ts'
import type { Service } from './service.ts'
import type { Claim, Signer } from './signer-lookup.ts'

export interface Setting {
  /** Behind this door. */
  services: readonly Service[]
  faults: Faults
  log: RequestLog
  world: World
  maxBodyBytes: number
  /** Milliseconds since 1970, without faults. */
  now: () => number
  /** Ends waiting when the emulator closes. */
  closing: AbortSignal
  /** Told of every request when it is over. */
  report: (entry: RequestEntry) => void
}

interface Exchange {
  message: IncomingMessage
  response: ServerResponse
  headers: ReceivedRequest['headers']
  authorization: Authorization | null
  found: FoundRoute | null
  claim: Claim
  entry: RequestEntry
  setting: Setting
  connectionOf: ConnectionOf
}

export function serveWith(setting: Setting): DoorOptions['serve'] {
  return (message, response, connectionOf) =>
    void handleRequest(message, response, setting, connectionOf)
}

/** Never rejects: whatever goes wrong is a 500, or the end of the connection. */
async function handleRequest(
  message: IncomingMessage,
  response: ServerResponse,
  setting: Setting,
  connectionOf: ConnectionOf,
): Promise<void> {
  const exchange = { ...openExchange(message, response, setting), connectionOf }
  try {
    await serve(exchange)
  } catch {
    await giveUp(exchange)
  }
  if (response.headersSent) exchange.entry.status = response.statusCode
  setting.report({ ...exchange.entry })
}

function openExchange(
  message: IncomingMessage,
  response: ServerResponse,
  setting: Setting,
): Omit<Exchange, 'connectionOf'> {
  const { method = '', url: target = '' } = message
  const headers = readHeaders(message)
  const authorization = parseAuthorization(singleHeader(headers, 'authorization') ?? '')
  const found = findRoute(setting.services, method, target.split('?', 1)[0]!)
  const claim = gateOf(found).claim({ headers, authorization }, setting.world)
  const entry = setting.log.add({
    method,
    target,
    service: found?.service ?? null,
    user: claim.ocid,
    identity: claim.caller?.name ?? null,
    status: null,
    at: new Date(setting.now()).toISOString(),
    verified: false,
  })
  return { message, response, headers, authorization, found, claim, entry, setting }
}

async function serve(exchange: Exchange): Promise<void> {
  const { message, response, headers, authorization, found, claim, entry, setting } = exchange
  const { faults, world, closing } = setting
  const trial = faults.take(claim, found?.service ?? null)

  if (trial.delayMs > 0) await sleep(trial.delayMs, undefined, { signal: closing, ref: false })
  if (trial.connection?.kind === 'silent') return
  if (trial.connection?.kind === 'reset') {
    exchange.connectionOf(message.socket).resetAndDestroy()
    return
  }

  const body = await receiveBody(message, setting.maxBodyBytes)
  const now = setting.now() + trial.clockOffsetMs
  const stamp: Stamp = {
    now,
    opcRequestId: makeRequestId(singleHeader(headers, 'opc-request-id')),
  }
  if (body === null) {
    const answer = refusalAnswer(BODY_TOO_LARGE, { connection: 'close' })
    return sendAnswer(response, answer, stamp)
  }

  const request = { method: entry.method, target: entry.target, headers, body }
  const verdict = gateOf(found).admit({ request, headers, authorization, now }, world)
  if (!verdict.verified) return sendAnswer(response, refusalAnswer(verdict.refusal), stamp)
  entry.verified = true

  const good = () => answerCall(request, found, verdict, now, world)
  if (trial.answer !== null) return misbehave(response, trial.answer, stamp, good)
  await sendAnswer(response, good(), stamp)
}

/** What nobody serves is not said to be missing before the request has proven itself. */
function gateOf(found: FoundRoute | null) {
  return GATES[found?.route.access ?? 'standard']
}

function answerCall(
  request: ReceivedRequest,
  found: FoundRoute | null,
  { caller, token }: Omit<Signer, 'key'>,
  now: number,
  world: World,
): Answer {
  if (found === null) return refusalAnswer(NOT_FOUND)
  const params = decodeParams(found.params)
  if (params === null) return refusalAnswer(invalidParameter('The path is not valid.'))
  const { headers, body, target } = request
  const query = new URLSearchParams(target.split('?').slice(1).join('?'))
  return found.route.answer({ caller, token, params, query, headers, body, now }, world)
}

async function giveUp({ response, setting }: Exchange): Promise<void> {
  if (response.headersSent || response.destroyed) {
    response.destroy()
    return
  }
  const stamp = { now: setting.now(), opcRequestId: makeRequestId(null) }
  await sendAnswer(response, refusalAnswer(INTERNAL_ERROR, { connection: 'close' }), stamp)
}
