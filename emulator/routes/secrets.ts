/** Secrets (retrieval), version 20190301: any secret that is asked for is there, and says whose it is. */
import { jsonAnswer, refusalAnswer, type Answer } from '../answer.ts'
import { refusal } from '../refusals.ts'
import type { Call, Route } from './route.ts'

const NAME_MISSING = refusal(
  400,
  'MissingParameter',
  'The query parameters secretName and vaultId are needed.',
)

export const SECRETS: readonly Route[] = [
  {
    method: 'GET',
    path: '/20190301/secretbundles/{secretId}',
    access: 'standard',
    answer: ({ params, caller }) => bundle(params['secretId'] ?? '', caller.namespace),
  },
  {
    method: 'POST',
    path: '/20190301/secretbundles/actions/getByName',
    access: 'standard',
    answer: getByName,
  },
]

function getByName({ query, caller }: Call): Answer {
  const name = query.get('secretName')
  if (!name || !query.get('vaultId')) return refusalAnswer(NAME_MISSING)
  return bundle(`ocid1.vaultsecret.oc1..${name}`, caller.namespace)
}

function bundle(secretId: string, namespace: string): Answer {
  const content = Buffer.from(`emulated secret of ${namespace}`).toString('base64')
  return jsonAnswer({
    secretId,
    versionNumber: 1,
    stages: ['CURRENT', 'LATEST'],
    secretBundleContent: { contentType: 'BASE64', content },
  })
}
