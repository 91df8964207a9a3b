/** Checks of profiles that OCI authenticates by the place where they run: what works, and which step failed. */
import { writeFile } from 'node:fs/promises'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator, type Fault } from '../../emulator/index.ts'
import { runCheck } from '../../src/check/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { testOcid } from '../fixtures/identities.ts'
import { makeMaterial, type Material } from './material.ts'
import { startBlackHole } from './peers.ts'

const tenancy = testOcid('tenancy', 'test')
let emulator: Emulator
let material: Material
let env: Record<string, string>
let places = 0

beforeAll(async () => {
  material = await makeMaterial()
  emulator = await startEmulator()
  await emulator.addPrincipal({ kind: 'instance', name: 'vm', tenancy, namespace: 'axvm' })
  const serviceAccount = { namespace: 'default', name: 'app' }
  const pod = { name: 'pod', tenancy, namespace: 'axpod', serviceAccount }
  await emulator.addPrincipal({ kind: 'workload', ...pod })
  const oke = await emulator.startOkeTokenService()
  const fn = { name: 'fn', tenancy, namespace: 'axfn' }
  const principal = await emulator.addPrincipal({ kind: 'resource', ...fn })
  const { publicKey, privatePem } = material.key
  const account = { namespace: 'default', serviceAccount: 'app' }
  await writeFile(material.path('ca.crt'), oke.caPem)
  await writeFile(material.path('token'), oke.mintServiceAccountToken(account))
  env = {
    OCI_METADATA_BASE_URL: `${emulator.url}/opc/v2`,
    OCI_PROFILES_ENDPOINT_URL: emulator.url,
    KUBERNETES_SERVICE_HOST: oke.host,
    KUBERNETES_SERVICE_PORT_PROXYMUX: `${oke.port}`,
    OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH: material.path('ca.crt'),
    OCI_RESOURCE_PRINCIPAL_VERSION: '2.2',
    OCI_RESOURCE_PRINCIPAL_RPST: emulator.mintResourcePrincipalToken({ principal, publicKey }),
    OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: privatePem,
  }
})
afterEach(() => emulator.setFault(null, null))
afterAll(async () => {
  await emulator.close()
  await material[Symbol.asyncDispose]()
})

/** In a place of its own: no token of an earlier check serves. */
function check(authentication: string, extra: Record<string, string> = {}, region = '') {
  places += 1
  const profile = createProfile({ auth_profile: 'P', authentication, region: region || null })
  return runCheck(profile, { env: { ...env, HOME: `${material.folder}/${places}`, ...extra } })
}

test.for<[string, string]>([
  ['instance_principal', 'axvm'],
  ['oke_workload_identity', 'axpod'],
  ['resource_principal', 'axfn'],
])('a check of %s succeeds', async ([authentication, namespace]) => {
  const outcome = await check(authentication)
  expect(outcome).toMatchObject({ check: { status: 'ok' }, namespace })
})

test('the realm of a region that nobody knows is that of the instance’s tenancy', async () => {
  const { check: result } = await check('instance_principal', {}, 'eu-new-1')
  expect(result).toMatchObject({ status: 'ok' })
})

describe('a check of instance_principal', () => {
  test.for<[string, Fault, string, RegExp]>([
    ['that is refused', { kind: 'status', status: 401 }, 'NOT_AUTHENTICATED', /federation/],
    ['that gets nothing', { kind: 'status', status: 404 }, 'NOT_AUTHORIZED', /federation/],
    ['that is too fast', { kind: 'status', status: 429 }, 'RATE_LIMITED', /federation/],
    ['that meets a failure', { kind: 'status', status: 503 }, 'SERVICE_ERROR', /federation/],
    [
      'with a wrong clock',
      { kind: 'clock', offsetMs: -600_000 },
      'CLOCK_SKEW',
      /(?:9 min 5\d s|10 min) ahead/,
    ],
  ])('%s says so', async ([, fault, code, message]) => {
    emulator.setFault(null, { ...fault, service: 'federation' })
    const { check: result } = await check('instance_principal')
    expect(result).toMatchObject({ code, message: expect.stringMatching(message) })
  })

  test('says that its auth service cannot be reached', async () => {
    await using hole = await startBlackHole()
    const { check: result } = await check('instance_principal', {
      OCI_PROFILES_ENDPOINT_URL_AUTH: hole.url,
    })
    expect(result).toMatchObject({ code: 'CONNECT_TIMEOUT' })
    expect(result.duration_ms).toBeLessThan(3000)
  })

  test('knows within two seconds that this is no instance', async () => {
    await using hole = await startBlackHole()
    const { check: result } = await check('instance_principal', { OCI_METADATA_BASE_URL: hole.url })
    expect(result).toMatchObject({ code: 'NOT_ON_OCI' })
    expect(result.duration_ms).toBeLessThan(2000)
  })
})
