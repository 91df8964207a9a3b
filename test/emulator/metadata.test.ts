/** The metadata service: what a machine learns of itself, and nobody who asks in another way. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { testOcid } from '../fixtures/identities.ts'
import { addInstance, askMetadata, readMachine, TENANCY } from './ask-principals.ts'

let emulator: Emulator
let now: number

beforeEach(async () => {
  now = Date.UTC(2026, 10, 23, 20, 0, 0)
  emulator = await startEmulator({ now: () => now })
})
afterEach(() => emulator.close())

describe('the metadata service', () => {
  test('knows nothing as long as there is no instance', async () => {
    expect((await askMetadata(emulator, 'instance/region')).status).toBe(404)
    await expect(emulator.rotateInstanceCertificate()).rejects.toThrow(RangeError)
  })

  test('tells where and who the instance is', async () => {
    const { id } = await addInstance(emulator)
    expect(await askMetadata(emulator, 'instance/region')).toMatchObject({
      status: 200,
      text: 'eu-frankfurt-1',
      headers: { 'content-type': 'text/plain' },
    })
    expect((await askMetadata(emulator, 'instance/id')).text).toBe(id)
    expect((await askMetadata(emulator, 'instance/regionInfo/')).json).toEqual({
      realmKey: 'oc1',
      realmDomainComponent: 'oraclecloud.com',
      regionKey: 'FRA',
      regionIdentifier: 'eu-frankfurt-1',
    })
    expect((await askMetadata(emulator, 'instance/')).json).toMatchObject({
      id,
      tenantId: TENANCY,
      compartmentId: TENANCY,
      canonicalRegionName: 'eu-frankfurt-1',
      regionInfo: { realmKey: 'oc1' },
    })
  })

  test.each([
    ['us-ashburn-1', 'iad', 'oc1', 'IAD', 'oraclecloud.com'],
    ['us-phoenix-1', 'phx', 'oc1', 'PHX', 'oraclecloud.com'],
    ['ap-tokyo-1', 'ap-tokyo-1', 'oc8', 'NRT', 'oraclecloud8.com'],
    ['mars-olympus-1', 'mars-olympus-1', 'oc19', 'OLY', 'oraclecloud.eu'],
  ])('names the region %s %s, of realm %s', async (region, short, realmKey, regionKey, domain) => {
    await addInstance(emulator, { region, tenancy: `ocid1.tenancy.${realmKey}..a` })
    expect((await askMetadata(emulator, 'instance/region')).text).toBe(short)
    const info = { realmKey, regionKey, realmDomainComponent: domain, regionIdentifier: region }
    expect((await askMetadata(emulator, 'instance/regionInfo')).json).toEqual(info)
  })

  const authorization = 'Bearer Oracle'
  test.each([
    [401, {}],
    [401, { authorization: 'Bearer oracle' }],
    [401, { authorization: 'Oracle' }],
    [403, { authorization, 'x-forwarded-for': '10.0.0.1' }],
    [403, { authorization, 'x-forwarded-host': 'elsewhere' }],
    [403, { authorization, forwarded: 'for=10.0.0.1' }],
  ])('answers %i to the headers %j', async (status, headers) => {
    await addInstance(emulator)
    for (const path of ['instance/', 'identity/key.pem']) {
      const reply = await askMetadata(emulator, path, headers)
      expect(reply).toMatchObject({ status, json: { code: expect.any(String) } })
    }
    expect(emulator.requests.at(-1)).toMatchObject({ service: 'metadata', verified: false })
  })

  test('speaks for the instance that was added last', async () => {
    await addInstance(emulator)
    const id = testOcid('instance', 'other')
    await addInstance(emulator, { name: 'other', id })
    expect((await askMetadata(emulator, 'instance/id')).text).toBe(id)
    expect(emulator.requests.at(-1)).toMatchObject({ identity: 'other', user: id, verified: true })
  })

  const ask = (signal?: AbortSignal) =>
    askMetadata(emulator, 'instance/id', { authorization }, signal)

  test('has faults of its own', async () => {
    const { id } = await addInstance(emulator)
    const only = { service: 'metadata', times: 1 } as const
    emulator.setFault('vm', { kind: 'status', status: 429, ...only })
    expect((await ask()).status).toBe(429)
    emulator.setFault(id, { kind: 'nonsense', ...only })
    expect((await ask()).text).toMatch(/^<!doctype html>/)
    emulator.setFault('vm', { kind: 'slow', delayMs: 200, ...only })
    const start = performance.now()
    expect((await ask()).text).toBe(id)
    expect(performance.now() - start).toBeGreaterThan(195)
    emulator.setFault(null, { kind: 'silent', ...only })
    const signal = AbortSignal.timeout(200)
    await expect(ask(signal)).rejects.toSatisfy(() => signal.aborted)
    emulator.setFault('vm', { kind: 'reset', ...only })
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await ask()).text).toBe(id)
    expect(emulator.requestCounts).toMatchObject({ metadata: 6, federation: 0, object_storage: 0 })
  })
})

describe('the certificate', () => {
  test('names the instance, and is issued by the intermediate', async () => {
    const compartment = testOcid('compartment', 'test')
    const { id } = await addInstance(emulator, { compartment })
    const { certificate, intermediate, key } = await readMachine(emulator)
    expect(certificate.subject.split('\n')).toEqual([
      `CN=${id}`,
      'OU=opc-certtype:instance',
      `OU=opc-compartment:${compartment}`,
      `OU=opc-instance:${id}`,
      `OU=opc-tenant:${TENANCY}`,
    ])
    expect(certificate.checkPrivateKey(key.privateKey)).toBe(true)
    expect(certificate.checkIssued(intermediate)).toBe(true)
    expect(certificate.verify(intermediate.publicKey)).toBe(true)
    expect([certificate.ca, intermediate.ca]).toEqual([false, true])
    expect(certificate.validToDate.getTime() - now).toBe(12 * 60 * 60 * 1000)
  })

  test('can have all names in one part', async () => {
    await addInstance(emulator)
    await emulator.rotateInstanceCertificate({ inOnePart: true })
    const { certificate } = await readMachine(emulator)
    expect(certificate.subject.split('\n')).toHaveLength(2)
    expect(certificate.subject).toContain(` + OU=opc-tenant:${TENANCY}`)
  })

  test('rotates with its key', async () => {
    await addInstance(emulator)
    const before = await readMachine(emulator)
    await emulator.rotateInstanceCertificate()
    const after = await readMachine(emulator)
    expect(after.certificate.publicKey.equals(before.certificate.publicKey)).toBe(false)
    expect(after.certificate.checkPrivateKey(after.key.privateKey)).toBe(true)
    expect(after.intermediate.raw.equals(before.intermediate.raw)).toBe(true)
  })

  test('is renewed before it ends, however long nobody asked', async () => {
    await addInstance(emulator)
    const first = await readMachine(emulator)
    now += 5 * 60 * 60 * 1000
    const same = await readMachine(emulator)
    expect(same.certificate.raw.equals(first.certificate.raw)).toBe(true)
    now += 100 * 60 * 60 * 1000
    const next = await readMachine(emulator)
    expect(next.certificate.validToDate.getTime()).toBeGreaterThan(now)
    expect(next.certificate.checkPrivateKey(next.key.privateKey)).toBe(true)
  })

  test('lives as long as it is told to', async () => {
    await addInstance(emulator)
    await emulator.rotateInstanceCertificate({ validForS: 30 })
    now += 60_000
    const { certificate } = await readMachine(emulator)
    expect(certificate.validToDate.getTime()).toBe(now - 30_000)
  })

  test('and key are PEM as OCI writes it', async () => {
    await addInstance(emulator)
    const { text: certificate } = await askMetadata(emulator, 'identity/cert.pem')
    const { text: key } = await askMetadata(emulator, 'identity/key.pem')
    expect(key).toMatch(/^-----BEGIN RSA PRIVATE KEY-----\n/)
    const parsed = new X509Certificate(certificate)
    expect(parsed.toString()).toBe(certificate)
    expect(parsed.checkPrivateKey(createPrivateKey(key))).toBe(true)
  })
})
