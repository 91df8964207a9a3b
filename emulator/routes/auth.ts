/** The auth service: a session token is exchanged for one that lives longer. */
import { jsonAnswer, refusalAnswer, type Answer } from '../answer.ts'
import { invalidParameter, NOT_IDENTIFIED } from '../refusals.ts'
import { parseJsonObject } from './json-body.ts'
import type { Call, Route, World } from './route.ts'

export const AUTH: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/authentication/refresh',
    signing: 'standard',
    answer: refreshToken,
  },
]

/** Only for the token that the request itself was signed with; the new one is bound to the same key. */
function refreshToken({ identity, session, body, now }: Call, { tokens }: World): Answer {
  const currentToken = parseJsonObject(body)?.currentToken
  if (typeof currentToken !== 'string') {
    return refusalAnswer(invalidParameter('currentToken is missing.'))
  }
  const current = tokens.read(currentToken, now)
  if (current === null || current.claims.jti !== session?.jti) return refusalAnswer(NOT_IDENTIFIED)
  return jsonAnswer({ token: tokens.mint({ identity, publicKey: current.key }, now) })
}
