/** The token service of an OKE cluster: a pod that shows its service account gets a token for a key of its choice. */
import { jsonAnswer, refusalAnswer, type Answer } from '../answer.ts'
import { parseJsonObject } from '../json-object.ts'
import { workloadToken } from '../principal-tokens.ts'
import { parsePublicKeyText } from '../public-key-text.ts'
import { invalidParameter, NOT_IDENTIFIED } from '../refusals.ts'
import type { Call, Route, World } from './route.ts'

export const OKE: readonly Route[] = [
  {
    method: 'POST',
    path: '/resourcePrincipalSessionTokens',
    access: 'service_account',
    answer: giveToken,
  },
]

/** A JSON string that holds base64 of JSON with the token, `ST$` and all: so the service has it. */
function giveToken({ caller, body, now }: Call, { tokens }: World): Answer {
  if (!('kind' in caller) || caller.kind !== 'workload') return refusalAnswer(NOT_IDENTIFIED)
  const key = parsePublicKeyText(parseJsonObject(body)?.podKey)
  if (key === null) return refusalAnswer(invalidParameter('podKey is missing or not valid.'))
  const token = `ST$${tokens.mint(workloadToken(caller, key), now)}`
  return jsonAnswer(Buffer.from(JSON.stringify({ token })).toString('base64'))
}
