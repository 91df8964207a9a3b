/** What clients of principals do, from the protocol alone: ask the metadata service, federate, sign with the token. */
import { createHash, createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto'
import type { Emulator, InstancePrincipal } from '../../emulator/index.ts'
import { testKey, testOcid, type TestKey } from '../fixtures/identities.ts'
import { sendRequest, type Reply } from './send-request.ts'
import { DIALECTS, signRequest, type Dialect, type Signable } from './sign-request.ts'

export const TENANCY = testOcid('tenancy', 'test')
export const NAMESPACE = 'axtestnamespace'

export function addInstance(emulator: Emulator, fields: Partial<InstancePrincipal> = {}) {
  const common = { name: 'vm', tenancy: TENANCY, namespace: NAMESPACE }
  return emulator.addPrincipal({ ...common, ...fields, kind: 'instance' })
}

/** Header names in lower case. */
export function askMetadata(
  { port }: Emulator,
  path: string,
  headers: Record<string, string> = { authorization: 'Bearer Oracle' },
  signal?: AbortSignal,
): Promise<Reply> {
  const all = { host: `127.0.0.1:${port}`, ...headers }
  const request = { method: 'GET', target: `/opc/v2/${path}`, headers: Object.entries(all) }
  return sendRequest({ ...request, body: '' }, { port, signal })
}

export interface Machine {
  key: TestKey
  certificate: X509Certificate
  intermediate: X509Certificate
}

export async function readMachine(emulator: Emulator): Promise<Machine> {
  const [certificate, key, intermediate] = await Promise.all(
    ['cert', 'key', 'intermediate'].map(
      async (name) => (await askMetadata(emulator, `identity/${name}.pem`)).text,
    ),
  )
  const privateKey = createPrivateKey(key!)
  return {
    key: { ...(await testKey()), privateKey, publicKey: createPublicKey(privateKey) },
    certificate: new X509Certificate(certificate!),
    intermediate: new X509Certificate(intermediate!),
  }
}

const upper = (text: string) => text.toUpperCase()
const colons = (text: string) => text.replace(/..(?=.)/g, '$&:')
const withoutHost = ['date', '(request-target)']

/** How each SDK of Oracle puts it on the wire. */
export interface FederationDialect {
  signing: Dialect
  sha256: boolean
  write: (hex: string) => string
  fields: Record<string, unknown>
}

export const FEDERATION_DIALECTS: Record<string, FederationDialect> = {
  Go: {
    signing: { ...DIALECTS.Go, names: withoutHost },
    sha256: true,
    write: (hex) => hex,
    fields: { fingerprintAlgorithm: 'SHA256' },
  },
  Python: {
    signing: { ...DIALECTS.Python, names: withoutHost },
    sha256: false,
    write: upper,
    fields: {},
  },
  Java: {
    signing: DIALECTS.Go,
    sha256: true,
    write: upper,
    fields: { purpose: 'DEFAULT', fingerprintAlgorithm: 'SHA256' },
  },
  TypeScript: {
    signing: { ...DIALECTS.TypeScript, names: ['date', '(request-target)', 'host'] },
    sha256: false,
    write: (hex) => hex,
    fields: { purpose: 'DEFAULT' },
  },
  'with colons': {
    signing: DIALECTS.Go,
    sha256: false,
    write: (hex) => colons(upper(hex)),
    fields: {},
  },
}

export interface Federation extends Partial<Signable> {
  dialect?: never
  how?: FederationDialect
  sessionKey?: TestKey
  /** In place of the usual fields, or besides them. */
  fields?: Record<string, unknown>
  tenancy?: string
}

export async function federate(
  { port }: Emulator,
  { key, certificate, intermediate }: Machine,
  options: Federation = {},
): Promise<Reply> {
  const { how = FEDERATION_DIALECTS.Go!, tenancy = TENANCY, fields, sessionKey, ...rest } = options
  const hex = createHash(how.sha256 ? 'sha256' : 'sha1')
    .update(certificate.raw)
    .digest('hex')
  const session = sessionKey ?? (await testKey('second'))
  const body = JSON.stringify({
    certificate: certificate.raw.toString('base64'),
    publicKey: bareKey(session),
    intermediateCertificates: [intermediate.raw.toString('base64')],
    ...how.fields,
    ...fields,
  })
  const request = signRequest({
    key,
    keyId: `${tenancy}/fed-x509${how.sha256 ? '-sha256' : ''}/${how.write(hex)}`,
    port,
    method: 'POST',
    target: '/v1/x509',
    dialect: how.signing,
    body,
    ...rest,
  })
  return sendRequest(request, { port })
}

export function bareKey({ publicKey }: TestKey): string {
  return publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
}

/** Asks for the namespace with a token and the key that it is bound to. */
export function useToken(
  { port }: Emulator,
  token: string,
  options: Partial<Signable> & { key: TestKey },
): Promise<Reply> {
  return sendRequest(signRequest({ keyId: `ST$${token}`, port, ...options }), { port })
}

export type Claims = Record<string, unknown>

export function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Claims
}
