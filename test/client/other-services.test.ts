/** Clients of services that this package knows nothing of: what works for one class works for any. */
import { IdentityClient } from 'oci-identity'
import { SecretsClient } from 'oci-secrets'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { closeConnections, initClient } from '../../src/client/index.ts'
import { goodPublicKey } from './key-material.ts'
import { apiKeyProfile, TENANCY, USER } from './profiles.ts'

let emulator: Emulator
beforeAll(async () => {
  emulator = await startEmulator()
  const identity = { name: 'ada', tenancy: TENANCY, user: USER, publicKey: goodPublicKey }
  emulator.addIdentity({ ...identity, namespace: 'axtestnamespace' })
})
afterAll(async () => {
  await closeConnections()
  await emulator.close()
})

test('Identity answers with its regions', async () => {
  const env = { OCI_PROFILES_ENDPOINT_URL_IDENTITY: emulator.url }
  const client = await initClient(IdentityClient, apiKeyProfile(), { env })
  const { items } = await client.listRegions({})
  expect(items).toContainEqual({ key: 'FRA', name: 'eu-frankfurt-1' })
})

test('Secrets answers to a GET and to a POST', async () => {
  const env = { OCI_PROFILES_ENDPOINT_URL: emulator.url }
  const client = await initClient(SecretsClient, apiKeyProfile(), { env })
  const secretId = 'ocid1.vaultsecret.oc1..example'
  const { secretBundle } = await client.getSecretBundle({ secretId })
  expect(secretBundle).toMatchObject({ secretId, versionNumber: 1 })
  const vaultId = 'ocid1.vault.oc1..example'
  const named = await client.getSecretBundleByName({ secretName: 'password', vaultId })
  expect(named.secretBundle.secretId).toBe('ocid1.vaultsecret.oc1..password')
  expect(emulator.requests.slice(-2)).toMatchObject([
    { method: 'GET', service: 'secrets', verified: true },
    { method: 'POST', service: 'secrets', verified: true },
  ])
})

test.each([
  ['eu-frankfurt-1', 'https://secrets.vaults.eu-frankfurt-1.oci.oraclecloud.com/20190301'],
  ['us-gov-ashburn-1', 'https://secrets.vaults.us-gov-ashburn-1.oci.oraclegovcloud.com/20190301'],
])('in %s it is at %s', async (region, endpoint) => {
  const client = await initClient(SecretsClient, apiKeyProfile({ region }), { env: {} })
  expect(client.endpoint).toBe(endpoint)
})
