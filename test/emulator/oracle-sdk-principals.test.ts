/** Oracle's own providers for principals, unchanged, against the emulator. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import {
  InstancePrincipalsAuthenticationDetailsProviderBuilder,
  NoRetryConfigurationDetails,
  OkeWorkloadIdentityAuthenticationDetailsProvider,
  ResourcePrincipalAuthenticationDetailsProvider,
  type AuthenticationDetailsProvider,
} from 'oci-common'
import { ObjectStorageClient } from 'oci-objectstorage'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { startEmulator, writeSampleProfiles, type Emulator } from '../../emulator/index.ts'
import { testKey } from '../fixtures/identities.ts'
import { addInstance, NAMESPACE, TENANCY } from './ask-principals.ts'

let emulator: Emulator
let folder: string

beforeEach(async () => {
  emulator = await startEmulator()
  folder = await mkdtemp(join(tmpdir(), 'oci-principals-'))
  // The SDK prints what it does, and every failure.
  for (const level of ['log', 'warn', 'info'] as const) {
    vi.spyOn(console, level).mockImplementation(() => {})
  }
})
afterEach(async () => {
  await emulator.close()
  await rm(folder, { recursive: true })
})

/** Asked twice, by one client: closing it breaks the provider. `before` the second time. */
async function getNamespace(
  authenticationDetailsProvider: AuthenticationDetailsProvider,
  { before = async () => {} } = {},
): Promise<string> {
  const client = new ObjectStorageClient(
    { authenticationDetailsProvider },
    { retryConfiguration: NoRetryConfigurationDetails },
  )
  client.endpoint = emulator.url
  try {
    await client.getNamespace({})
    await before()
    return (await client.getNamespace({})).value
  } finally {
    client.close()
  }
}

async function write(name: string, text: string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

describe('Oracle’s SDK', () => {
  function instanceProvider(): Promise<AuthenticationDetailsProvider> {
    const builder = new InstancePrincipalsAuthenticationDetailsProviderBuilder()
    builder.metadataBaseUrl = `${emulator.url}/opc/v2`
    builder.federationEndpoint = emulator.url
    return builder.build()
  }

  test('is an instance', async () => {
    await addInstance(emulator)
    expect(await getNamespace(await instanceProvider())).toBe(NAMESPACE)
    expect(emulator.requestCounts).toMatchObject({ metadata: 6, federation: 1, object_storage: 2 })
    expect(emulator.requests.every(({ verified, status }) => verified && status === 200)).toBe(true)
  })

  test('is an instance whose certificate rotates', async () => {
    // Long enough for a request on a busy machine: Oracle's SDK sends a token until its last moment.
    await addInstance(emulator, { tokenLifetimeS: 4 })
    const before = async () => {
      await emulator.rotateInstanceCertificate()
      await new Promise((resolve) => setTimeout(resolve, 4_600))
    }
    expect(await getNamespace(await instanceProvider(), { before })).toBe(NAMESPACE)
    expect(emulator.requestCounts.federation).toBe(2)
  })

  test('is told that its certificate has expired', async () => {
    await addInstance(emulator)
    await emulator.rotateInstanceCertificate({ validForS: -1 })
    const provider = await instanceProvider()
    await expect(getNamespace(provider)).rejects.toMatchObject({
      message: expect.stringContaining('401'),
    })
    expect(emulator.requestCounts).toMatchObject({ federation: 1, object_storage: 0 })
  })

  test('is a workload of OKE', async () => {
    const serviceAccount = { namespace: 'shop', name: 'cart' }
    const workload = { name: 'cart', tenancy: TENANCY, namespace: NAMESPACE, serviceAccount }
    await emulator.addPrincipal({ kind: 'workload', ...workload })
    const oke = await emulator.startOkeTokenService()
    vi.stubEnv('KUBERNETES_SERVICE_HOST', oke.host)
    vi.stubEnv('KUBERNETES_SERVICE_PORT_PROXYMUX', String(oke.port))
    const token = oke.mintServiceAccountToken({ namespace: 'shop', serviceAccount: 'cart' })
    const provider = OkeWorkloadIdentityAuthenticationDetailsProvider.builder(
      await write('ca.crt', oke.caPem),
      await write('token', token),
    )
    expect(await getNamespace(provider)).toBe(NAMESPACE)
    expect(emulator.requestCounts).toMatchObject({ oke: 1, object_storage: 2 })
  })

  test.each(['values', 'files'])('is a resource with its token in %s', async (form) => {
    const common = { name: 'fn', tenancy: TENANCY, namespace: NAMESPACE }
    const principal = await emulator.addPrincipal({ kind: 'resource', ...common })
    const { publicKey, privatePem } = await testKey()
    const rpst = emulator.mintResourcePrincipalToken({ principal, publicKey })
    const asFile = form === 'files'
    vi.stubEnv('OCI_RESOURCE_PRINCIPAL_VERSION', '2.2')
    vi.stubEnv('OCI_RESOURCE_PRINCIPAL_RPST', asFile ? await write('rpst', rpst) : rpst)
    vi.stubEnv(
      'OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM',
      asFile ? await write('key.pem', privatePem) : privatePem,
    )
    vi.stubEnv('OCI_RESOURCE_PRINCIPAL_REGION', 'eu-frankfurt-1')
    const provider = ResourcePrincipalAuthenticationDetailsProvider.builder()
    expect(await getNamespace(provider)).toBe(NAMESPACE)
    const byFunction = { identity: 'fn', verified: true, status: 200 }
    expect(emulator.requests).toMatchObject([byFunction, byFunction])
  })

  test('is each of the sample principals', async () => {
    const { env } = await writeSampleProfiles(emulator, folder, 'working', { principals: true })
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
    const caPath = env.OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH!
    const providers = [
      await instanceProvider(),
      OkeWorkloadIdentityAuthenticationDetailsProvider.builder(
        caPath,
        join(dirname(caPath), 'token'),
      ),
      ResourcePrincipalAuthenticationDetailsProvider.builder(),
    ]
    for (const provider of providers) expect(await getNamespace(provider)).toBe('axsampletenancy')
    const callers = emulator.requests.filter(({ target }) => target === '/n')
    expect(new Set(callers.map(({ identity }) => identity))).toEqual(
      new Set(['INSTANCE_PRINCIPAL', 'OKE_WORKLOAD', 'RESOURCE_PRINCIPAL']),
    )
  })
})
