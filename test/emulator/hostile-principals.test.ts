/** Whatever is sent where principals get their tokens: a refusal, never a crash, and the next good request is served. */
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator, type OkeTokenService } from '../../emulator/index.ts'
import { testKey } from '../fixtures/identities.ts'
import {
  addInstance,
  askMetadata,
  bareKey,
  federate,
  NAMESPACE,
  readMachine,
  TENANCY,
  type Machine,
} from './ask-principals.ts'
import { sendRequest } from './send-request.ts'

const serviceAccount = { namespace: 'shop', name: 'cart' }

let emulator: Emulator
let oke: OkeTokenService
let machine: Machine

beforeAll(async () => {
  emulator = await startEmulator()
  await addInstance(emulator)
  const workload = { name: 'cart', tenancy: TENANCY, namespace: NAMESPACE, serviceAccount }
  await emulator.addPrincipal({ kind: 'workload', ...workload })
  oke = await emulator.startOkeTokenService()
  machine = await readMachine(emulator)
})
afterAll(() => emulator.close())

function askCluster(body: string | Buffer, authorization?: string) {
  const token = oke.mintServiceAccountToken({ namespace: 'shop', serviceAccount: 'cart' })
  const headers: [string, string][] = [
    ['host', 'a'],
    ['authorization', authorization ?? `Bearer ${token}`],
    ['content-length', String(Buffer.byteLength(body))],
  ]
  const target = '/resourcePrincipalSessionTokens'
  const request = { method: 'POST', target, headers, body: body as string }
  return sendRequest(request, { port: oke.port, ca: oke.caPem })
}

/** Whatever a test did: the next requests are served. */
afterEach(async () => {
  const replies = await Promise.all([
    federate(emulator, machine),
    askCluster(JSON.stringify({ podKey: bareKey(await testKey()) })),
    askMetadata(emulator, 'instance/id'),
  ])
  const statuses = replies.map(({ status }) => status)
  if (statuses.some((status) => status !== 200)) {
    throw new Error(`good requests got ${statuses.join(', ')} afterwards`)
  }
})

const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array))
/** Looks like a part of a certificate or a key, and is none. */
const almost = fc.oneof(
  fc.jsonValue(),
  bytes.map((buffer) => buffer.toString('base64')),
  bytes.map((buffer) => `-----BEGIN CERTIFICATE-----\n${buffer.toString('base64')}\n`),
  fc
    .tuple(fc.nat(700), bytes)
    .map(([at, buffer]) =>
      Buffer.concat([machine.intermediate.raw.subarray(0, at), buffer]).toString('base64'),
    ),
)

describe('federation', () => {
  test('refuses certificates of any form', async () => {
    const fields = fc.record({ certificate: almost, intermediateCertificates: almost })
    await fc.assert(
      fc.asyncProperty(fields, async (fields) => {
        expect((await federate(emulator, machine, { fields })).status).toBe(401)
      }),
      { numRuns: 200 },
    )
  })

  test('refuses intermediates of any form', async () => {
    const lists = fc.array(almost, { maxLength: 7 })
    await fc.assert(
      fc.asyncProperty(lists, async (intermediateCertificates) => {
        const fields = { intermediateCertificates }
        expect((await federate(emulator, machine, { fields })).status).toBe(401)
      }),
      { numRuns: 200 },
    )
  })

  test('refuses public keys of any form', async () => {
    await fc.assert(
      fc.asyncProperty(almost, async (publicKey) => {
        expect((await federate(emulator, machine, { fields: { publicKey } })).status).toBe(400)
      }),
      { numRuns: 200 },
    )
  })

  test('refuses keyIds of any form', async () => {
    const text = fc.string({ maxLength: 80 }).map((text) => text.replaceAll('"', ''))
    const keyId = fc
      .tuple(
        fc.constantFrom(TENANCY, '', '/'),
        fc.constantFrom('fed-x509', 'fed-x509-sha256'),
        text,
      )
      .map((parts) => parts.join('/'))
    await fc.assert(
      fc.asyncProperty(keyId, async (keyId) => {
        expect((await federate(emulator, machine, { keyId })).status).toBe(401)
      }),
      { numRuns: 200 },
    )
  })

  test('takes no long time over a long keyId', async () => {
    const keyId = `${TENANCY}/fed-x509/${'ab:'.repeat(4000)}`
    const start = performance.now()
    expect((await federate(emulator, machine, { keyId })).status).toBe(401)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('the token service of OKE', () => {
  test('refuses bodies of any form', async () => {
    const body = fc.oneof(
      bytes,
      fc.json(),
      almost.map((podKey) => JSON.stringify({ podKey })),
    )
    await fc.assert(
      fc.asyncProperty(body, async (body) => {
        expect((await askCluster(body)).status).toBe(400)
      }),
      { numRuns: 100 },
    )
  })

  test('refuses tokens of any form', async () => {
    const part = fc
      .oneof(fc.json(), fc.string())
      .map((text) => Buffer.from(text).toString('base64url'))
    const token = fc.array(part, { maxLength: 4 }).map((parts) => `Bearer ${parts.join('.')}`)
    await fc.assert(
      fc.asyncProperty(token, async (authorization) => {
        expect((await askCluster('{}', authorization)).status).toBe(401)
      }),
      { numRuns: 100 },
    )
  })
})

describe('the metadata service', () => {
  test.each(['instance/../identity/key.pem', '%69nstance/id', 'instance/__proto__', '', '/'])(
    'has no path %j',
    async (path) => {
      expect((await askMetadata(emulator, path)).status).toBe(401)
    },
  )
})
