/** What Kubernetes leaves in a pod: an address, the cluster's certificate authority, the token of the pod's service account. */
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { OciProfilesError } from '../../errors.ts'
import type { Secret } from '../../secret.ts'
import { invalidVariable, readVariable, type Environment } from '../environment.ts'
import { parseCertificates } from '../pem-certificates.ts'
import { FileFaultError, readSmallFile } from '../read-small-file.ts'
import { assertTokenCurrent, parseSessionToken } from '../tokens/index.ts'
import type { ConnectionSettings } from '../transport/index.ts'

export interface ServiceAccount {
  /** Path of the certificate authority. */
  authorityPath: string
  authority: NonNullable<ConnectionSettings['certificates']>
  /** JSON Web Token, not expired. */
  token: Secret
}

const HOST = 'KUBERNETES_SERVICE_HOST'
const PORT = 'KUBERNETES_SERVICE_PORT_PROXYMUX'
const CERT_PATH = 'OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH'
const TOKEN_PATH = 'OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH'

export const SERVICE_ACCOUNT_VARIABLES = [HOST, PORT, CERT_PATH, TOKEN_PATH]

const USUAL_PORT = '12250'
const USUAL_CERT_PATH = '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt'
const MOUNT_FIX =
  'Give the pod a service account (automountServiceAccountToken: true), or choose another authentication type here.'
const RENEWAL_FIX =
  'Kubernetes renews the token in its file: mount it as a volume without subPath, and restart the pod.'

/** Of the service that issues tokens to pods. Throws `NOT_ON_OKE`, `SETTING_INVALID`. */
export function tokenServiceUrl(env: Environment): URL {
  const host = readVariable(env, HOST)
  if (host === null) {
    throw new OciProfilesError('NOT_ON_OKE', `${HOST} is not set: this is no pod of Kubernetes`)
  }
  const port = readVariable(env, PORT) ?? USUAL_PORT
  if (!/^\d{1,5}$/.test(port)) throw invalidVariable(PORT, 'is no port', `such as ${USUAL_PORT}`)
  const text = `https://${host.includes(':') ? `[${host}]` : host}:${port}/resourcePrincipalSessionTokens`
  const isHost = /^[A-Za-z0-9.:_-]+$/.test(host) && URL.canParse(text)
  if (!isHost) throw invalidVariable(HOST, 'is no name of a host', 'such as 10.96.0.1')
  return new URL(text)
}

export function serviceAccountPaths(env: Environment): {
  authorityPath: string
  tokenPath: string
} {
  const authorityPath = readVariable(env, CERT_PATH) ?? USUAL_CERT_PATH
  const tokenPath = readVariable(env, TOKEN_PATH) ?? join(dirname(authorityPath), 'token')
  return { authorityPath, tokenPath }
}

/** Read anew each time: Kubernetes renews both. `now` in milliseconds. Rejects with `NOT_ON_OKE`, `TOKEN_INVALID`, `TOKEN_EXPIRED`. */
export async function readServiceAccount(env: Environment, now: number): Promise<ServiceAccount> {
  const { authorityPath, tokenPath } = serviceAccountPaths(env)
  const authority = authorityIn(await readMounted(authorityPath, 'certificate'), authorityPath)
  const name = `the service-account token in ${tokenPath}`
  const origin = { name, field: TOKEN_PATH, fix: RENEWAL_FIX }
  const token = parseSessionToken(await readMounted(tokenPath, 'token'), origin)
  assertTokenCurrent(token, origin, now)
  return { authorityPath, authority, token: token.raw }
}

async function readMounted(path: string, what: string): Promise<Buffer> {
  try {
    return await readSmallFile(path)
  } catch (error) {
    if (!(error instanceof FileFaultError)) throw error
    const message = `The ${what} of the service account cannot be read: ${path} ${error.message}`
    throw new OciProfilesError('NOT_ON_OKE', message, { fix: MOUNT_FIX })
  }
}

function authorityIn(bytes: Buffer, path: string): ServiceAccount['authority'] {
  try {
    const ca = parseCertificates(bytes.toString('latin1')).map(String)
    const digest = createHash('sha256').update(bytes).digest('base64')
    return { id: `cluster:${digest}`, context: createSecureContext({ ca }) }
  } catch (error) {
    const message = `The certificate of the service account, ${path}, ${(error as Error).message}`
    throw new OciProfilesError('NOT_ON_OKE', message, { fix: MOUNT_FIX })
  }
}
