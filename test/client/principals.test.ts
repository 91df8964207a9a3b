/** The types that OCI authenticates by the place where the program runs. */
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { getSigner, type Environment } from '../../src/client/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { exportKey, goodKey, goodPublicKey, PASS_PHRASE, rsaPair } from './key-material.ts'
import { makeToken, makeTokenFor, secondsFromNow } from './session-token.ts'
import { signRequest } from './sign-request.ts'
import { tempFolder } from './temp-folder.ts'

const write = tempFolder()
const token = makeTokenFor(goodPublicKey)
const key = exportKey(goodKey, 'pkcs8')

function signerOf(authentication: string, env: Environment) {
  return getSigner(createProfile({ auth_profile: 'P', authentication }), { env })
}

describe('resource_principal', () => {
  const withPair = (fields: Environment): Environment => ({
    OCI_RESOURCE_PRINCIPAL_VERSION: '2.2',
    OCI_RESOURCE_PRINCIPAL_RPST: token,
    OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: key,
    ...fields,
  })
  const encrypted = exportKey(goodKey, 'pkcs8', PASS_PHRASE)

  test.for<[string, Environment]>([
    ['values', {}],
    [
      'files',
      {
        OCI_RESOURCE_PRINCIPAL_RPST: write('rpst', `${token}\n`),
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: write('private.pem', key),
      },
    ],
    [
      'an encrypted key and its pass phrase',
      {
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: encrypted,
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE: PASS_PHRASE,
      },
    ],
    [
      'an encrypted key and a file with its pass phrase',
      {
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: encrypted,
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE: write('phrase', `${PASS_PHRASE}\n`),
      },
    ],
  ])('signs with %s', async ([, fields]) => {
    const signer = await signerOf('resource_principal', withPair(fields))
    expect(await signRequest(signer, goodPublicKey)).toMatchObject({
      keyId: `ST$${token}`,
      isValid: true,
    })
  })

  const RPST = 'OCI_RESOURCE_PRINCIPAL_RPST'
  const PEM = 'OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM'
  test.for<[string, Environment, string, string]>([
    [
      'no version',
      { OCI_RESOURCE_PRINCIPAL_VERSION: '' },
      'RESOURCE_PRINCIPAL_UNAVAILABLE',
      'OCI_RESOURCE_PRINCIPAL_VERSION',
    ],
    [
      'another version',
      { OCI_RESOURCE_PRINCIPAL_VERSION: '3.0' },
      'AUTHENTICATION_UNSUPPORTED',
      'OCI_RESOURCE_PRINCIPAL_VERSION',
    ],
    ['no token', { [RPST]: undefined }, 'RESOURCE_PRINCIPAL_UNAVAILABLE', RPST],
    ['no key', { [PEM]: undefined }, 'RESOURCE_PRINCIPAL_UNAVAILABLE', PEM],
    [
      'a file that is not there',
      { [RPST]: '/nowhere/rpst' },
      'RESOURCE_PRINCIPAL_UNAVAILABLE',
      RPST,
    ],
    ['a token that is none', { [RPST]: 'x' }, 'TOKEN_INVALID', RPST],
    ['an expired token', { [RPST]: makeToken({ exp: secondsFromNow(-1) }) }, 'TOKEN_EXPIRED', RPST],
    [
      'the token of another key',
      { [RPST]: makeTokenFor(rsaPair(2048).publicKey) },
      'TOKEN_KEY_MISMATCH',
      RPST,
    ],
    ['a key that is none', { [PEM]: 'x' }, 'KEY_INVALID', PEM],
    [
      'an encrypted key alone',
      { [PEM]: encrypted },
      'PASS_PHRASE_MISSING',
      'OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE',
    ],
  ])('refuses %s', async ([, fields, code, field]) => {
    const refusal = signerOf('resource_principal', withPair(fields))
    await expect(refusal).rejects.toMatchObject({ code, field })
  })

  test('takes up the token that OCI renewed in its file', async () => {
    const env = withPair({ [RPST]: write('renewed', token) })
    const profile = createProfile({ auth_profile: 'P', authentication: 'resource_principal' })
    await getSigner(profile, { env })
    const renewed = makeTokenFor(goodPublicKey, { exp: secondsFromNow(9000) })
    write('renewed', renewed)
    expect(await signRequest(await getSigner(profile, { env }), goodPublicKey)).toHaveProperty(
      'keyId',
      `ST$${renewed}`,
    )
  })
})

describe('instance_principal', () => {
  let close = () => {}
  afterEach(() => close())

  async function metadataService(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    close = () => server.close().closeAllConnections()
    await new Promise((resolve) => server.once('listening', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/opc/v2`
  }

  test.for(['', '/'])('knows an instance, its address ending in "%s"', async (end) => {
    let asked: string | undefined
    const url = await metadataService((request, response) => {
      asked = `${request.method} ${request.url} ${request.headers.authorization}`
      response.end('eu-frankfurt-1\n')
    })
    const refusal = signerOf('instance_principal', { OCI_METADATA_BASE_URL: url + end })
    const expected = {
      code: 'AUTHENTICATION_UNSUPPORTED',
      message: expect.stringContaining('eu-frankfurt-1'),
    }
    await expect(refusal).rejects.toMatchObject(expected)
    expect(asked).toBe('GET /opc/v2/instance/region Bearer Oracle')
  })

  test.for<[string, RequestListener]>([
    ['refuses', (_request, response) => void response.writeHead(404).end()],
    ['answers with a page', (_request, response) => void response.end('<html>')],
    ['answers without an end', (_request, response) => endless(response)],
    ['is silent', () => {}],
    ['begins to answer and stops', (_request, response) => void response.write('eu-')],
    ['hangs up', (request) => void request.socket.destroy()],
  ])('is nowhere on OCI when what is there %s, within a second', async ([, answer]) => {
    const url = await metadataService(answer)
    const startedAt = performance.now()
    const refusal = await signerOf('instance_principal', { OCI_METADATA_BASE_URL: url }).catch(
      (error: unknown) => error,
    )
    expect(refusal).toHaveProperty('code', 'NOT_ON_OCI')
    expect(performance.now() - startedAt).toBeLessThan(1500)
  })

  test('is nowhere on OCI when nothing is there', async () => {
    const url = await metadataService(() => {})
    close()
    const refusal = signerOf('instance_principal', { OCI_METADATA_BASE_URL: url })
    await expect(refusal).rejects.toMatchObject({ code: 'NOT_ON_OCI' })
  })

  test('does not ask a proxy', async () => {
    const url = await metadataService((_request, response) => void response.end('phx'))
    const env = { OCI_METADATA_BASE_URL: url, http_proxy: 'http://proxy.invalid:1' }
    await expect(signerOf('instance_principal', env)).rejects.toMatchObject({
      code: 'AUTHENTICATION_UNSUPPORTED',
    })
  })

  test('names the variable that holds no address', async () => {
    const refusal = signerOf('instance_principal', { OCI_METADATA_BASE_URL: 'metadata' })
    await expect(refusal).rejects.toMatchObject({
      code: 'SETTING_INVALID',
      field: 'OCI_METADATA_BASE_URL',
    })
  })
})

function endless(response: Parameters<RequestListener>[1]): void {
  const more = () => void response.write('x'.repeat(10_000), more)
  more()
}

describe('oke_workload_identity', () => {
  const certificate = write('ca.crt', 'x')
  write('token', 'x')
  const pod: Environment = {
    KUBERNETES_SERVICE_HOST: '10.96.0.1',
    OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH: certificate,
  }

  test.for<[string, string, Environment]>([
    ['AUTHENTICATION_UNSUPPORTED', 'in a pod', {}],
    [
      'AUTHENTICATION_UNSUPPORTED',
      'with a token elsewhere',
      { OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH: certificate },
    ],
    ['NOT_ON_OKE', 'without Kubernetes', { KUBERNETES_SERVICE_HOST: '' }],
    [
      'NOT_ON_OKE',
      'without a certificate',
      { OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH: `${certificate}.x` },
    ],
    [
      'NOT_ON_OKE',
      'without the usual files',
      { OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH: undefined },
    ],
    [
      'NOT_ON_OKE',
      'without a token',
      { OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH: `${dirname(certificate)}/none` },
    ],
  ])('is %s %s', async ([code, , fields]) => {
    await expect(signerOf('oke_workload_identity', { ...pod, ...fields })).rejects.toHaveProperty(
      'code',
      code,
    )
  })
})
