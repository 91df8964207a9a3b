/** `oke_workload_identity` from the files of a pod to a request that OCI takes. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  startEmulator,
  type Emulator,
  type Fault,
  type OkeOptions,
  type OkeTokenService,
} from '../../emulator/index.ts'
import { closeConnections, getSigner, type Environment } from '../../src/client/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { makeLoopbackCertificate } from '../fixtures/certificates.ts'
import { testKey } from '../fixtures/identities.ts'
import { closedPort } from './loopback.ts'
import { makePod, namespaceOf, refusalOf, storageOf, type Pod } from './places-of-principals.ts'
import { TENANCY } from './profiles.ts'

const AUTHENTICATION = 'oke_workload_identity'
const NS = 'axworkload'

let emulator: Emulator
let oke: OkeTokenService
let pod: Pod

beforeEach(() => open())
afterEach(() => emulator.close())
afterAll(closeConnections)

async function open(options: OkeOptions = {}): Promise<void> {
  emulator = await startEmulator()
  await addWorkload()
  oke = await emulator.startOkeTokenService(options)
  pod = makePod(emulator, oke)
}

const addWorkload = (tokenLifetimeS?: number) =>
  emulator.addPrincipal({
    kind: 'workload',
    name: 'app',
    tenancy: TENANCY,
    namespace: NS,
    serviceAccount: { namespace: 'default', name: 'app' },
    tokenLifetimeS,
  })
const profileIn = (region: string | null) => ({ authentication: AUTHENTICATION, region })
const storage = () => storageOf(profileIn('fra'), { env: pod.env })
const signer = (extra: Environment = {}) =>
  getSigner(createProfile({ auth_profile: 'P', ...profileIn('fra') }), {
    env: { ...pod.env, ...extra },
  })

describe('a pod', () => {
  test('answers with its namespace', async () => {
    expect(await namespaceOf(profileIn('fra'), { env: pod.env })).toBe(NS)
  })

  test('asks for one token for a hundred profiles that start at once', async () => {
    const { env } = pod
    const start = () => namespaceOf(profileIn('fra'), { env })
    await Promise.all(Array.from({ length: 100 }, start))
    expect(emulator.requestCounts.oke).toBe(1)
  })

  test('learns its region from its environment, else from its node', async () => {
    const endpointIn = async (extra: Environment) => {
      const env = { ...pod.env, OCI_PROFILES_ENDPOINT_URL: '', HOME: '/nowhere', ...extra }
      return (await storageOf(profileIn(null), { env })).endpoint
    }
    const node = { OCI_METADATA_BASE_URL: `${emulator.url}/opc/v2` }
    const told = { OCI_RESOURCE_PRINCIPAL_REGION: 'iad' }
    await emulator.addPrincipal({ kind: 'instance', name: 'node', tenancy: TENANCY, namespace: NS })
    expect(await endpointIn({ ...node, ...told })).toContain('us-ashburn-1')
    expect(await endpointIn(node)).toContain('eu-frankfurt-1')
    const nowhere = { OCI_METADATA_BASE_URL: `http://127.0.0.1:${await closedPort()}` }
    await expect(endpointIn(nowhere)).rejects.toMatchObject({
      code: 'FIELD_MISSING',
      field: 'region',
    })
  })

  test('whose token lives for seconds is served without a refusal', async () => {
    await addWorkload(3)
    const client = await storage()
    const until = performance.now() + 6000
    let answered = 0
    while (performance.now() < until) {
      await Promise.all([1, 2, 3].map(() => client.getNamespace({})))
      answered += 3
    }
    // None was refused and sent again.
    expect(emulator.requestCounts.object_storage).toBe(answered)
    expect(emulator.requestCounts.oke).toBeGreaterThan(1)
  })
})

describe('what Kubernetes renews is read again:', () => {
  test('the token of the service account', async () => {
    await addWorkload(2)
    pod.renewToken(5)
    const client = await storage()
    await pause(5100)
    const { error } = await refusalOf(client.getNamespace({}))
    expect(error).toMatchObject({ code: 'TOKEN_EXPIRED' })
    pod.renewToken()
    expect((await client.getNamespace({})).value).toBe(NS)
    // The token that had expired was not sent.
    expect(emulator.requestCounts.oke).toBe(2)
  })

  test('the certificate authority', async () => {
    await addWorkload(2)
    const client = await storage()
    await oke.rotateCa()
    await closeConnections()
    await pause(2100)
    const { error } = await refusalOf(client.getNamespace({}))
    expect(error).toMatchObject({ code: 'TLS_UNTRUSTED' })
    pod.writeAuthority()
    expect((await client.getNamespace({})).value).toBe(NS)
  })
})

describe('is told apart:', () => {
  const inFolder = (name: string) => join(pod.folder, name)
  test.for<[string, string, RegExp, () => Environment | void]>([
    [
      'no Kubernetes',
      'NOT_ON_OKE',
      /^KUBERNETES_SERVICE_HOST is not set/,
      () => ({ KUBERNETES_SERVICE_HOST: '' }),
    ],
    [
      'no certificate',
      'NOT_ON_OKE',
      /certificate .*ca\.crt does not exist$/,
      () => rmSync(inFolder('ca.crt')),
    ],
    [
      'a certificate that is none',
      'NOT_ON_OKE',
      /ca\.crt, holds no certificate in PEM$/,
      () => pod.writeAuthority('x'),
    ],
    ['no token', 'NOT_ON_OKE', /token .*token does not exist$/, () => rmSync(inFolder('token'))],
    [
      'no token where the variable says',
      'NOT_ON_OKE',
      /\/nowhere\/token does not exist/,
      () => ({ OCI_KUBERNETES_SERVICE_ACCOUNT_TOKEN_PATH: '/nowhere/token' }),
    ],
    [
      'a token that is none',
      'TOKEN_INVALID',
      /token has 1 parts/,
      () => writeFileSync(inFolder('token'), 'x'),
    ],
    [
      'an expired token',
      'TOKEN_EXPIRED',
      /service-account token in .* expired at \d{4}-/,
      () => pod.renewToken(-60),
    ],
    [
      'a port that is none',
      'SETTING_INVALID',
      /PROXYMUX is no port/,
      () => ({ KUBERNETES_SERVICE_PORT_PROXYMUX: 'tcp://10.0.0.1' }),
    ],
    [
      'a host that is none',
      'SETTING_INVALID',
      /HOST is no name/,
      () => ({ KUBERNETES_SERVICE_HOST: 'evil@x/' }),
    ],
  ])('%s, without a request', async ([, code, message, change]) => {
    const extra = change() ?? {}
    const { error, ms } = await refusalOf(signer(extra))
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
    expect(ms).toBeLessThan(2000)
    expect(emulator.requestCounts.oke).toBe(0)
  })

  test('another certificate authority', async () => {
    pod.writeAuthority(makeLoopbackCertificate(await testKey()))
    const { error } = await refusalOf(signer())
    expect(error).toMatchObject({
      code: 'TLS_UNTRUSTED',
      fix: expect.stringContaining(`${pod.folder}/ca.crt`),
    })
  })

  test('no token service', async () => {
    const port = String(await closedPort())
    const { error } = await refusalOf(signer({ KUBERNETES_SERVICE_PORT_PROXYMUX: port }))
    expect(error).toMatchObject({
      code: 'CONNECTION_REFUSED',
      fix: expect.stringContaining('enhanced'),
    })
  })

  test('a basic cluster', async () => {
    await emulator.close()
    await open({ enhanced: false })
    const { error } = await refusalOf(signer())
    expect(error).toMatchObject({
      code: 'NOT_AUTHORIZED',
      message: expect.stringContaining('with 403'),
      fix: expect.stringContaining('enhanced'),
    })
  })

  test.for<[string, Fault]>([
    ['NOT_AUTHENTICATED', { kind: 'status', status: 401 }],
    ['SERVICE_ERROR', { kind: 'status', status: 500 }],
    ['RATE_LIMITED', { kind: 'status', status: 429 }],
    ['UNEXPECTED_RESPONSE', { kind: 'nonsense' }],
    ['UNEXPECTED_RESPONSE', { kind: 'nonsense', body: 'json' }],
    ['CONNECTION_LOST', { kind: 'reset' }],
  ])('%s of the token service', async ([code, fault]) => {
    emulator.setFault(null, { ...fault, service: 'oke' })
    const { error } = await refusalOf(signer())
    expect(error).toMatchObject({
      code,
      message: expect.stringContaining('the exchange of the service-account token'),
    })
  })
})
