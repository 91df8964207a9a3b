/** Federation: an instance that proves itself by its certificate gets a token for a key of its choice. */
import { X509Certificate } from 'node:crypto'
import { jsonAnswer, refusalAnswer, type Answer } from '../answer.ts'
import { fromArmour } from '../certificates/index.ts'
import { parseJsonObject } from '../json-object.ts'
import { instanceToken } from '../principal-tokens.ts'
import { parsePublicKeyText } from '../public-key-text.ts'
import { invalidParameter, NOT_IDENTIFIED } from '../refusals.ts'
import type { Call, Route, World } from './route.ts'

export const FEDERATION: readonly Route[] = [
  { method: 'POST', path: '/v1/x509', access: 'certificate', answer: federate },
]

function federate({ caller, body, now }: Call, { tokens }: World): Answer {
  const { certificate, publicKey, purpose = 'DEFAULT' } = parseJsonObject(body) ?? {}
  const bytes = fromArmour('CERTIFICATE', certificate)
  if (!('kind' in caller) || caller.kind !== 'instance' || bytes === null) {
    return refusalAnswer(NOT_IDENTIFIED)
  }
  if (purpose !== 'DEFAULT') return refusalAnswer(invalidParameter('purpose is not valid.'))
  const key = parsePublicKeyText(publicKey)
  if (key === null) return refusalAnswer(invalidParameter('publicKey is missing or not valid.'))

  const { fingerprint } = new X509Certificate(bytes)
  return jsonAnswer({ token: tokens.mint(instanceToken(caller, key, fingerprint), now) })
}
