/** The auth service: a session token is exchanged for one that lives longer. */
import { jsonAnswer, refusalAnswer, type Answer } from '../answer.ts'
import { parseJsonObject } from '../json-object.ts'
import { invalidParameter, NOT_IDENTIFIED } from '../refusals.ts'
import { sessionToken } from '../session-tokens.ts'
import type { Call, Route, World } from './route.ts'

export const AUTH: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/authentication/refresh',
    access: 'standard',
    answer: refreshToken,
  },
]

/** Only for the token that the request itself was signed with; the new one is bound to the same key. */
function refreshToken({ caller, token, body, now }: Call, { tokens }: World): Answer {
  const currentToken = parseJsonObject(body)?.currentToken
  if (typeof currentToken !== 'string') {
    return refusalAnswer(invalidParameter('currentToken is missing.'))
  }
  const current = tokens.read(currentToken, now)
  if (current === null || current.claims.jti !== token?.jti) return refusalAnswer(NOT_IDENTIFIED)
  // Principals get theirs elsewhere.
  if (!('user' in caller)) return refusalAnswer(NOT_IDENTIFIED)
  const input = sessionToken({ identity: caller, publicKey: current.key })
  return jsonAnswer({ token: tokens.mint(input, now) })
}
