/** Resource principals, version 2.2: a token that OCI puts beside its key, good for every service. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator, type ResourcePrincipal } from '../../emulator/index.ts'
import { testKey, testOcid, type TestKey } from '../fixtures/identities.ts'
import { claimsOf, NAMESPACE, TENANCY, useToken } from './ask-principals.ts'

const START = Date.UTC(2026, 10, 23, 20, 0, 0)

let emulator: Emulator
let now: number
let principal: ResourcePrincipal
let key: TestKey

const addFunction = (fields: Partial<ResourcePrincipal> = {}) => {
  const common = { name: 'fn', tenancy: TENANCY, namespace: NAMESPACE }
  return emulator.addPrincipal({ ...common, ...fields, kind: 'resource' })
}

beforeEach(async () => {
  now = START
  emulator = await startEmulator({ now: () => now })
  principal = await addFunction()
  key = await testKey('second')
})
afterEach(() => emulator.close())

const mint = (expiresInS?: number) =>
  emulator.mintResourcePrincipalToken({ principal, publicKey: key.publicPem, expiresInS })

describe('the token of a resource', () => {
  test('holds the claims of OCI’s', () => {
    expect(claimsOf(mint())).toMatchObject({
      sub: principal.id,
      ptype: 'resource',
      ttype: 'res_sp',
      res_id: principal.id,
      res_type: 'fnfunc',
      res_tenant: TENANCY,
      res_compartment: TENANCY,
      'opc-tenant': TENANCY,
      exp: START / 1000 + 1200,
      jwk: expect.stringContaining('"kty":"RSA"'),
    })
  })

  test('is accepted by every service', async () => {
    const body = JSON.stringify({
      compartmentId: TENANCY,
      servingMode: { servingType: 'ON_DEMAND', modelId: 'm' },
      chatRequest: { apiFormat: 'COHERE', message: 'hello' },
    })
    const calls = [
      { target: '/n' },
      { target: `/n/${NAMESPACE}/b?compartmentId=${TENANCY}` },
      { target: '/20160918/regions' },
      { method: 'POST', target: '/20231130/actions/chat', body },
    ]
    for (const call of calls) {
      expect(await useToken(emulator, mint(), { key, now, ...call })).toMatchObject({ status: 200 })
    }
    const byFunction = { identity: 'fn', user: principal.id, verified: true }
    expect(emulator.requests).toMatchObject(calls.map(() => byFunction))
  })

  test('shows the namespace of its own tenancy', async () => {
    const tenancy = testOcid('tenancy', 'other')
    principal = await addFunction({ name: 'other', tenancy, namespace: 'axother' })
    expect((await useToken(emulator, mint(), { key, now })).json).toBe('axother')
  })

  test('is bound to its key', async () => {
    const reply = await useToken(emulator, mint(), { key: await testKey(), now })
    expect(reply).toMatchObject({
      status: 401,
      json: { message: 'Failed to verify the HTTP(S) Signature' },
    })
  })

  test('ends on the second, and can be minted expired', async () => {
    const token = mint(60)
    now += 59_999
    expect((await useToken(emulator, token, { key, now })).status).toBe(200)
    now += 1
    expect((await useToken(emulator, token, { key, now })).status).toBe(401)
    expect((await useToken(emulator, mint(-60), { key, now })).status).toBe(401)
  })

  test('opens nothing that no policy allows', async () => {
    principal = await addFunction({ namespaceAllowed: false })
    expect((await useToken(emulator, mint(), { key, now })).status).toBe(404)
  })

  test('has the faults of its principal, by name and by OCID', async () => {
    emulator.setFault('fn', { kind: 'status', status: 429, times: 1 })
    expect((await useToken(emulator, mint(), { key, now })).status).toBe(429)
    emulator.setFault(principal.id, { kind: 'status', status: 503, times: 1 })
    expect((await useToken(emulator, mint(), { key, now })).status).toBe(503)
    expect((await useToken(emulator, mint(), { key, now })).status).toBe(200)
  })
})
