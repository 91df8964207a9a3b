/** A call that is answered with a token: sent once, each way to fail told by a code. What the answer's text holds is the caller's. */
import { OciProfilesError } from '../../errors.ts'
import type { ConnectionSettings } from '../transport/index.ts'
import { callOnce, TransportError, type PlainAnswer } from '../transport/index.ts'
import { parseSessionToken, tokenMatchesKey, type SessionToken } from '../tokens/index.ts'
import { explainRefusal, type ExchangeStep } from './explain-refusal.ts'
import type { SessionKey } from './session-key.ts'

export interface TokenExchange {
  step: ExchangeStep
  url: URL
  headers: Headers
  body: string
  connections: ConnectionSettings
  signal: AbortSignal
  /** The token in the text of an answer, without `ST$`. Throws anything when there is none. */
  readToken: (text: string) => unknown
}

export interface ExchangedToken {
  token: SessionToken
  /** The service's clock, in milliseconds since 1970; `null` where it does not say. */
  issuedAt: number | null
}

const DEADLINE_MS = 10_000

/** Rejects with a `TransportError` without an answer, else with what the answer shows. */
export async function exchangeToken(
  exchange: TokenExchange,
  { privateKey }: Pick<SessionKey, 'privateKey'>,
): Promise<ExchangedToken> {
  const { step, url } = exchange
  const answer = await send(exchange)
  if (answer.status !== 200) throw explainRefusal(answer, url.host, step)
  const token = readToken(answer, exchange)
  if (token === null || tokenMatchesKey(token, privateKey) === false) {
    const what = token === null ? 'without a token' : 'with the token of another key'
    throw new OciProfilesError('UNEXPECTED_RESPONSE', `${url.host} answered ${step.name} ${what}`)
  }
  const date = Date.parse(answer.headers.get('date') ?? '')
  return { token, issuedAt: Number.isNaN(date) ? null : date }
}

async function send(exchange: TokenExchange): Promise<PlainAnswer> {
  try {
    return await callOnce({ ...exchange, method: 'POST', deadlineMs: DEADLINE_MS })
  } catch (error) {
    if (!(error instanceof TransportError) || error.code === 'CHECK_CANCELLED') throw error
    const message = `No answer to ${exchange.step.name}: ${error.message}`
    const fix = exchange.step.networkFix?.(error.code) ?? error.fix
    throw new TransportError(error.code, message, { fix, cause: error })
  }
}

/** `null` for whatever is not in the form of a token. */
function readToken(
  { text }: PlainAnswer,
  { readToken: read, step }: TokenExchange,
): SessionToken | null {
  try {
    const token = read(text)
    if (typeof token !== 'string') return null
    return parseSessionToken(Buffer.from(token), {
      name: `the token of ${step.name}`,
      field: 'authentication',
    })
  } catch {
    return null
  }
}
