/** Faults carried out: wrong answers and broken connections. */
import type { ServerResponse } from 'node:http'
import { refusalAnswer, sendAnswer, writeHead, type Answer, type Stamp } from './answer.ts'
import type { AnswerFault } from './faults.ts'
import { refusalForStatus } from './refusals.ts'

const MISSING_BYTES = 64

const NONSENSE = {
  html: {
    type: 'text/html; charset=utf-8',
    text: '<!doctype html><title>Guest network</title><p>Please sign in to use this network.</p>',
  },
  json: { type: 'application/json', text: '{"unexpected":true}' },
  broken_json: { type: 'application/json', text: '{"value":"half an' },
} as const

/** Answers with the fault in place of `good`, which is asked for only where its bytes are needed. */
export async function misbehave(
  response: ServerResponse,
  fault: AnswerFault,
  stamp: Stamp,
  good: () => Answer,
): Promise<void> {
  switch (fault.kind) {
    case 'status':
      return sendAnswer(response, statusAnswer(fault), stamp)
    case 'nonsense':
      return sendAnswer(response, nonsenseAnswer(fault), stamp)
    case 'redirect':
      return sendAnswer(response, redirectAnswer(fault.location), stamp)
    case 'truncated':
      return sendPart(response, good(), stamp, () => response.destroy())
    case 'stalled':
      return sendPart(response, good(), stamp, () => {})
  }
}

function statusAnswer(fault: Extract<AnswerFault, { kind: 'status' }>): Answer {
  const usual = refusalForStatus(fault.status)
  const { code = usual.code, message = usual.message, retryAfterS } = fault
  const headers: Record<string, string> = {}
  if (retryAfterS !== undefined) headers['retry-after'] = String(retryAfterS)
  return refusalAnswer({ status: fault.status, code, message }, headers)
}

function nonsenseAnswer(fault: Extract<AnswerFault, { kind: 'nonsense' }>): Answer {
  const { type, text } = NONSENSE[fault.body ?? 'html']
  return { status: 200, headers: { 'content-type': type }, body: Buffer.from(text) }
}

function redirectAnswer(location: string): Answer {
  return { status: 302, headers: { location }, body: Buffer.alloc(0) }
}

async function sendPart(
  response: ServerResponse,
  answer: Answer,
  stamp: Stamp,
  then: () => void,
): Promise<void> {
  if (response.destroyed) return
  const body = answer.body instanceof Buffer ? answer.body : Buffer.from(answer.body.join(''))
  writeHead(response, answer, stamp, body.length + MISSING_BYTES)
  await new Promise<void>((resolve) => {
    response.once('close', resolve)
    response.flushHeaders()
    response.write(body, () => resolve())
  })
  then()
}
