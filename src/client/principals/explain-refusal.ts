/** An answer of a service that issues tokens, and that is none → code, fact and fix. Never quotes the body. Pure. */
import { OciProfilesError, type CheckCode } from '../../errors.ts'
import { explainClockSkew } from '../clock-skew.ts'
import { durationText } from '../duration-text.ts'
import type { PlainAnswer, TransportCode } from '../transport/index.ts'

/** A call for a token, in words. */
export interface ExchangeStep {
  /** After "answered": "the federation of this instance". */
  name: string
  /** Of a 401. */
  notAuthenticated: Words
  /** Of a 403 or a 404. */
  notAuthorized: Words
  /** Instead of the transport's own, where that does not fit. */
  networkFix?: (code: TransportCode) => string | undefined
  /** Whether every answer has an `opc-request-id` or the code of an error in its body. */
  isNumbered: boolean
}

interface Words {
  what: string
  fix: string
}

export function explainRefusal(
  answer: PlainAnswer,
  host: string,
  step: ExchangeStep,
): OciProfilesError {
  const { status, headers } = answer
  const serviceCode = serviceCodeOf(answer.text)
  const requestId = requestIdOf(headers)
  const said = `${host} answered ${step.name} with ${status}${serviceCode === null ? '' : ` ${serviceCode}`}`
  const fault = (code: CheckCode, what: string, fix?: string): OciProfilesError =>
    new OciProfilesError(code, `${said}${what}`, { fix })
  if (status >= 500) {
    return fault('SERVICE_ERROR', requestId === null ? '' : ` (opc-request-id ${requestId})`)
  }
  if (status === 429) return rateLimited(said, headers)
  const isFromOci = !step.isNumbered || serviceCode !== null || requestId !== null
  if (isFromOci && status === 401) {
    const skew = skewOf(answer)
    if (skew) return new OciProfilesError('CLOCK_SKEW', skew.message, { fix: skew.fix })
    return fault('NOT_AUTHENTICATED', `: ${step.notAuthenticated.what}`, step.notAuthenticated.fix)
  }
  if (isFromOci && (status === 403 || status === 404)) {
    return fault('NOT_AUTHORIZED', `: ${step.notAuthorized.what}`, step.notAuthorized.fix)
  }
  return fault('UNEXPECTED_RESPONSE', isFromOci ? '' : ': that does not come from OCI')
}

function skewOf({ headers, arrivedAt, roundTripMs }: PlainAnswer) {
  return explainClockSkew({ date: headers.get('date'), arrivedAt, roundTripMs })
}

function rateLimited(said: string, headers: Headers): OciProfilesError {
  const after = headers.get('retry-after') ?? ''
  if (!/^\d{1,6}$/.test(after)) {
    return new OciProfilesError('RATE_LIMITED', `${said}: too many requests`)
  }
  const wait = durationText(Number(after) * 1000)
  const message = `${said}: too many requests; it asks to wait ${wait}`
  return new OciProfilesError('RATE_LIMITED', message, { fix: `Wait ${wait} and check again.` })
}

function serviceCodeOf(text: string): string | null {
  try {
    const { code } = JSON.parse(text) as { code?: unknown }
    return typeof code === 'string' && /^[A-Za-z0-9_.-]{1,64}$/.test(code) ? code : null
  } catch {
    return null
  }
}

/** Nothing that could be anything else than a number of a request. */
function requestIdOf(headers: Headers): string | null {
  return /^[A-Za-z0-9/_.-]{1,128}$/.exec(headers.get('opc-request-id') ?? '')?.[0] ?? null
}
