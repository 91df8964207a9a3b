/** The token service of OKE: over TLS of the cluster's own CA, for service accounts of the cluster and nobody else. */
import { createSign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator, type OkeTokenService } from '../../emulator/index.ts'
import { testKey, type TestKey } from '../fixtures/identities.ts'
import { bareKey, claimsOf, NAMESPACE, TENANCY, useToken } from './ask-principals.ts'
import { sendRequest, type Reply } from './send-request.ts'

const START = Date.UTC(2026, 10, 23, 20, 0, 0)
const account = { namespace: 'shop', serviceAccount: 'cart' }

let emulator: Emulator
let oke: OkeTokenService
let now: number
let podKey: TestKey

const addWorkload = (fields: { tokenLifetimeS?: number; namespaceAllowed?: boolean } = {}) =>
  emulator.addPrincipal({
    kind: 'workload',
    name: 'cart',
    tenancy: TENANCY,
    namespace: NAMESPACE,
    serviceAccount: { namespace: 'shop', name: 'cart' },
    ...fields,
  })

beforeEach(async () => {
  now = START
  emulator = await startEmulator({ now: () => now })
  oke = await emulator.startOkeTokenService()
  await addWorkload()
  podKey = await testKey('second')
})
afterEach(() => emulator.close())

interface Asking {
  token?: string
  /** In place of the bearer token. */
  authorization?: string | null
  key?: unknown
  body?: string
  ca?: string
  signal?: AbortSignal
  at?: OkeTokenService
  target?: string
}

function ask(options: Asking = {}): Promise<Reply> {
  const { at = oke, key = bareKey(podKey), target = '/resourcePrincipalSessionTokens' } = options
  const { token = at.mintServiceAccountToken(account), signal, ca = at.caPem } = options
  const { body = JSON.stringify({ podKey: key }), authorization = `Bearer ${token}` } = options
  const headers: [string, string][] = [
    ['host', `127.0.0.1:${at.port}`],
    ['content-type', 'application/json'],
    ['content-length', String(Buffer.byteLength(body))],
  ]
  if (authorization !== null) headers.push(['authorization', authorization])
  const request = { method: 'POST', target, headers, body }
  return sendRequest(request, { port: at.port, ca, signal })
}

/** As the SDKs read it: base64 in quotes, and three characters less. */
function tokenIn({ text }: Reply): string {
  expect(text).toMatch(/^"[A-Za-z0-9+/]+=*"$/)
  const { token } = JSON.parse(Buffer.from(text, 'base64').toString()) as { token: string }
  expect(token).toMatch(/^ST\$/)
  return token.slice(3)
}

describe('the token service', () => {
  test.each([
    ['bare', () => bareKey(podKey)],
    ['as PEM', () => podKey.publicPem],
  ])('gives a token for the pod’s key, sent %s', async (_, key) => {
    const token = tokenIn(await ask({ key: key() }))
    const reply = await useToken(emulator, token, { key: podKey, now })
    expect(reply).toMatchObject({ status: 200, json: NAMESPACE })
    expect(emulator.requests).toMatchObject([
      { service: 'oke', identity: 'cart', status: 200, verified: true },
      { service: 'object_storage', identity: 'cart', status: 200, verified: true },
    ])
    expect(emulator.requestCounts).toMatchObject({ oke: 1, object_storage: 1 })
  })

  test('gives tokens with the claims of a workload', async () => {
    expect(claimsOf(tokenIn(await ask()))).toMatchObject({
      sub: expect.stringMatching(/^ocid1\.workload\.oc1\./),
      ptype: 'workload',
      res_tenant: TENANCY,
      res_compartment: TENANCY,
      res_type: 'workload',
      exp: START / 1000 + 1200,
    })
  })

  test('gives tokens that end, and that are bound to the pod’s key', async () => {
    await addWorkload({ tokenLifetimeS: 5 })
    const token = tokenIn(await ask())
    expect((await useToken(emulator, token, { key: await testKey(), now })).status).toBe(401)
    now += 5000
    expect((await useToken(emulator, token, { key: podKey, now })).status).toBe(401)
  })

  const refused: [string, () => Asking][] = [
    ['no token', () => ({ authorization: null })],
    ['another scheme', () => ({ authorization: `Basic ${oke.mintServiceAccountToken(account)}` })],
    ['an expired token', () => ({ token: mint({ expiresInS: -1 }) })],
    ['an account without a principal', () => ({ token: mint({ serviceAccount: 'other' }) })],
    ['the account of another namespace', () => ({ token: mint({ namespace: 'other' }) })],
    ['another account’s name', () => ({ token: withClaims({ sub: 'x' }) })],
    ['no signature', () => ({ token: mint().replace(/[^.]*$/, '') })],
    ['a signature of one’s own', () => ({ token: signAgain(mint()) })],
    ['a changed byte', () => ({ token: changed(mint()) })],
    ['nonsense', () => ({ token: 'a.b.c' })],
  ]
  test.each(refused)('refuses %s', async (_, make) => {
    const reply = await ask(make())
    expect(reply).toMatchObject({ status: 401, json: { code: 'NotAuthenticated' } })
    expect(emulator.requests.at(-1)).toMatchObject({ service: 'oke', verified: false })
  })

  const mint = (
    fields: { expiresInS?: number; serviceAccount?: string; namespace?: string } = {},
  ) => oke.mintServiceAccountToken({ ...account, ...fields })

  function withClaims(change: Record<string, unknown>): string {
    const [header, , signature] = mint().split('.')
    const claims = { ...claimsOf(mint()), ...change }
    return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`
  }

  function signAgain(token: string): string {
    const signed = token.replace(/\.[^.]*$/, '')
    const signature = createSign('RSA-SHA256').update(signed).sign(podKey.privateKey, 'base64url')
    return `${signed}.${signature}`
  }

  const changed = (token: string) => token.replace(/.(?=.{20}$)/, (c) => (c === 'A' ? 'B' : 'A'))

  test('refuses a token of another cluster', async () => {
    await using other = await startEmulator({ now: () => now })
    const foreign = await other.startOkeTokenService()
    const token = foreign.mintServiceAccountToken(account)
    expect((await ask({ token })).status).toBe(401)
  })

  test('takes no token of its own making for a service account’s, nor the other way round', async () => {
    const token = tokenIn(await ask())
    expect((await ask({ token })).status).toBe(401)
    const serviceAccount = oke.mintServiceAccountToken(account)
    expect((await useToken(emulator, serviceAccount, { key: podKey, now })).status).toBe(401)
  })

  test.each(['', '{}', '[]', 'null', '{"podKey":7}', '{"podKey":"AAAA"}', '{'])(
    'answers 400 to the body %j',
    async (body) => {
      expect(await ask({ body })).toMatchObject({ status: 400, json: { code: 'InvalidParameter' } })
    },
  )

  test('of a basic cluster answers 403', async () => {
    await using other = await startEmulator({ now: () => now })
    const basic = await other.startOkeTokenService({ enhanced: false })
    expect((await ask({ at: basic, token: 'a.b.c' })).status).toBe(401)
    expect(await ask({ at: basic })).toMatchObject({ status: 403, json: { code: 'NotAllowed' } })
  })

  test('follows the clock of the service', async () => {
    const token = oke.mintServiceAccountToken(account)
    now += 3_600_000
    expect((await ask({ token })).status).toBe(401)
  })
})

describe('the door of the cluster', () => {
  test('is where it says, and the only one', async () => {
    expect(oke.url).toBe(`https://${oke.host}:${oke.port}`)
    expect(emulator.oke).toBe(oke)
    expect(await emulator.startOkeTokenService({ port: 1 })).toBe(oke)
    expect((await ask({ target: '/n' })).status).toBe(401)
    const elsewhere = await fetch(`${emulator.url}/resourcePrincipalSessionTokens`, {
      method: 'POST',
      body: '{}',
    })
    expect(elsewhere.status).toBe(401)
    expect(emulator.requestCounts.oke).toBe(0)
  })

  test('is trusted by those who have the cluster’s CA', async () => {
    await using other = await startEmulator()
    const { caPem } = await other.startOkeTokenService()
    await expect(ask({ ca: caPem })).rejects.toThrow(/certificate|signature/i)
    expect(emulator.requests).toEqual([])
  })

  test('gets a new certificate when the CA rotates', async () => {
    const before = oke.caPem
    await oke.rotateCa()
    expect(oke.caPem).not.toBe(before)
    expect((await ask()).status).toBe(200)
    await expect(ask({ ca: before })).rejects.toThrow(/certificate|signature/i)
  })

  test('has faults of its own', async () => {
    const down = { kind: 'status', status: 503 } as const
    emulator.setFault('cart', [{ ...down, service: 'oke', times: 1 }])
    expect((await ask()).status).toBe(503)
    const token = tokenIn(await ask())
    expect((await useToken(emulator, token, { key: podKey, now })).status).toBe(200)

    emulator.setFault(null, { kind: 'nonsense', service: 'oke', times: 1 })
    expect((await ask()).text).toMatch(/^<!doctype html>/)
    emulator.setFault(null, { kind: 'reset', service: 'oke', times: 1 })
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNRESET' })
    emulator.setFault(null, { kind: 'silent', service: 'oke', times: 1 })
    const signal = AbortSignal.timeout(200)
    await expect(ask({ signal })).rejects.toSatisfy(() => signal.aborted)
    expect((await ask()).status).toBe(200)
  })

  test('closes with the emulator, even while it opens', async () => {
    await emulator.close()
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    const short = await startEmulator()
    const opening = short.startOkeTokenService()
    const closed = short.close()
    await expect(opening).rejects.toThrow(/abort/i)
    await closed
  })

  test('can be opened again after its port was taken', async () => {
    await using other = await startEmulator()
    const port = emulator.port
    await expect(other.startOkeTokenService({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
    expect(other.oke).toBeNull()
    expect((await other.startOkeTokenService()).port).not.toBe(port)
  })
})
