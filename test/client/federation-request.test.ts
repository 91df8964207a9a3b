/** What an instance sends to be given a token, seen by a metadata and an auth service that are nothing but what is sent. */
import { createHash, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import {
  toPem,
  writeCertificate,
  type DistinguishedName,
} from '../../emulator/certificates/index.ts'
import { getSigner, keyFingerprint } from '../../src/client/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { exportKey, rsaPair } from './key-material.ts'
import { TENANCY } from './profiles.ts'
import { refusalOf } from './places-of-principals.ts'
import { makeToken } from './session-token.ts'
import { verifySignature } from './verify-signature.ts'

const machine = rsaPair(2048)
const other = rsaPair(2048)

function certificateOf(subject: DistinguishedName, pair = machine): string {
  const name: DistinguishedName = [[['CN', 'authority']]]
  const issuer = { name, ...other }
  const now = Date.now()
  const validity = { notBefore: now - 1000, notAfter: now + 3_600_000, ca: false }
  return toPem('CERTIFICATE', writeCertificate({ subject, ...pair, issuer, ...validity }))
}

interface Federation {
  request: IncomingMessage
  body: string
}

interface Place {
  env: Record<string, string>
  /** What was sent to the auth service. */
  seen: Federation[]
  /** What was asked of the metadata service. */
  asked: string[]
}

/** Each file as a list: what is answered the first time, the second, and from then on. */
async function makePlace(files: Record<string, string[]>): Promise<Place> {
  const seen: Federation[] = []
  const asked: string[] = []
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const path = (request.url ?? '').replace('/opc/v2/', '')
      if (request.method === 'POST') {
        seen.push({ request, body })
        return response.end(JSON.stringify({ token: makeToken() }))
      }
      asked.push(path)
      const [first = '', ...rest] = files[path] ?? []
      if (rest.length > 0) files[path] = rest
      return response.writeHead(first ? 200 : 404).end(first)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => server.close().closeAllConnections())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const env = { OCI_METADATA_BASE_URL: `${url}/opc/v2`, OCI_PROFILES_ENDPOINT_URL: url }
  return { env, seen, asked }
}

const OU = (value: string) => ['OU', value] as const
const usual: DistinguishedName = [
  [['CN', 'ocid1.instance.oc1.fra.aaaa']],
  [OU('opc-certtype:instance')],
  [OU(`opc-tenant:${TENANCY}`)],
]
const filesOf = (certificate: string, keys = [exportKey(machine.privateKey, 'pkcs1')]) => ({
  'instance/region': ['fra\n'],
  'identity/cert.pem': [certificate],
  'identity/key.pem': keys,
  'identity/intermediate.pem': [
    certificateOf([[['CN', 'one']]]) + certificateOf([[['CN', 'two']]]),
  ],
})
const signer = (env: Record<string, string>) =>
  getSigner(createProfile({ auth_profile: 'P', authentication: 'instance_principal' }), { env })

test('the certificates, a new public key, and a signature with the key of the certificate', async () => {
  const certificate = certificateOf(usual)
  const { env, seen } = await makePlace(filesOf(certificate))
  await signer(env)
  const [{ request, body }] = seen as [Federation]
  const { raw } = new X509Certificate(certificate)
  const sent = JSON.parse(body) as Record<string, string>
  expect(sent).toEqual({
    certificate: raw.toString('base64'),
    publicKey: expect.stringMatching(/^MIIBIjAN[A-Za-z0-9+/=]+$/),
    intermediateCertificates: [expect.any(String), expect.any(String)],
    purpose: 'DEFAULT',
    fingerprintAlgorithm: 'SHA256',
  })
  const fingerprint = createHash('sha256').update(raw).digest('hex').match(/../g)?.join(':')
  const headers = request.headers as Record<string, string>
  const parts = { method: 'POST', target: request.url ?? '', headers, body: Buffer.from(body) }
  expect(verifySignature(parts, machine.publicKey)).toEqual({
    keyId: `${TENANCY}/fed-x509-sha256/${fingerprint}`,
    algorithm: 'rsa-sha256',
    version: '1',
    names: [
      'date',
      '(request-target)',
      'host',
      'content-type',
      'content-length',
      'x-content-sha256',
    ],
    isValid: true,
    isBodyIntact: true,
  })
  expect(request.url).toBe('/v1/x509')
  expect(keyFingerprint(machine.publicKey)).toHaveLength(47)
})

test.for<[string, DistinguishedName]>([
  ['a part of its own', usual],
  ['one part with others', [[OU('opc-certtype:instance'), OU(`opc-tenant:${TENANCY}`)]]],
  ['the organisation', [[['O', `opc-tenant:${TENANCY}`]]]],
  ['the identity', [[['O', `opc-identity:${TENANCY}`]]]],
  [
    'a part of its own before the identity',
    [[['O', 'opc-identity:ocid1.tenancy.oc1..x']], [OU(`opc-tenant:${TENANCY}`)]],
  ],
])('the tenancy that the certificate names in %s', async ([, subject]) => {
  const { env, seen } = await makePlace(filesOf(certificateOf(subject)))
  await signer(env)
  expect(seen[0]?.request.headers.authorization).toContain(`keyId="${TENANCY}/fed-x509-sha256/`)
})

test('a certificate and its key, caught while they were replaced', async () => {
  const [old, fresh] = [other, machine].map((pair) => exportKey(pair.privateKey, 'pkcs8'))
  const { env, seen, asked } = await makePlace(filesOf(certificateOf(usual), [old!, fresh!]))
  await signer(env)
  expect(seen).toHaveLength(1)
  expect(asked.filter((path) => path === 'identity/cert.pem')).toHaveLength(2)
})

const CERT = 'identity/cert.pem'
const KEY = 'identity/key.pem'
test.for<[string, Record<string, string[]>, string, RegExp]>([
  ['no certificate', { [CERT]: [] }, 'NOT_ON_OCI', /identity\/cert\.pem answered status 404$/],
  ['no text of a certificate', { [CERT]: ['x'] }, 'UNEXPECTED_RESPONSE', /cert\.pem holds no cert/],
  [
    'a damaged certificate',
    { [CERT]: [toPem('CERTIFICATE', Buffer.from('canary'))] },
    'UNEXPECTED_RESPONSE',
    /cert\.pem holds a damaged certificate$/,
  ],
  ['no key', { [KEY]: ['canary'] }, 'UNEXPECTED_RESPONSE', /key\.pem holds no private key$/],
  [
    'the key of another',
    { [KEY]: [exportKey(other.privateKey, 'pkcs8')] },
    'UNEXPECTED_RESPONSE',
    /key\.pem is not the key of identity\/cert\.pem$/,
  ],
  [
    'a certificate without a tenancy',
    { [CERT]: [certificateOf([[['CN', 'x']]])] },
    'UNEXPECTED_RESPONSE',
    /names no tenancy$/,
  ],
])('nothing with %s', async ([, files, code, message]) => {
  const { env, seen } = await makePlace({ ...filesOf(certificateOf(usual)), ...files })
  const { error } = await refusalOf(signer(env))
  expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
  expect(JSON.stringify([error, String(error)])).not.toContain('canary')
  expect(seen).toEqual([])
})
