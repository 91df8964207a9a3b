/** Session tokens: bound to key and user, short-lived, and nobody else's. */
import { createPublicKey, createSign, type JsonWebKey } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import {
  addTestIdentity,
  testKey,
  type TestIdentity,
  type TestKey,
} from '../fixtures/identities.ts'
import { sendRequest } from './send-request.ts'
import { signRequest, type Signable } from './sign-request.ts'

const START = Date.UTC(2026, 10, 23, 20, 0, 0)

let emulator: Emulator
let now: number
let ada: TestIdentity
let sessionKey: TestKey

beforeEach(async () => {
  now = START
  emulator = await startEmulator({ now: () => now })
  ada = await addTestIdentity(emulator, 'ada')
  sessionKey = await testKey('second')
})
afterEach(() => emulator.close())

const mint = (expiresInS?: number, key = sessionKey) =>
  emulator.mintSessionToken({ identity: ada.identity, publicKey: key.publicKey, expiresInS })

function send(token: string, options: Partial<Signable> = {}) {
  const { port } = emulator
  const request = signRequest({ key: sessionKey, keyId: `ST$${token}`, port, now, ...options })
  return sendRequest(request, { port })
}

const refresh = (token: string, currentToken = token) => {
  const body = JSON.stringify({ currentToken })
  return send(token, { method: 'POST', target: '/v1/authentication/refresh', body })
}

type Part = Record<string, unknown>
const decode = (part = ''): Part => JSON.parse(Buffer.from(part, 'base64url').toString()) as Part
const encode = (part: Part) => Buffer.from(JSON.stringify(part)).toString('base64url')

describe('a session token', () => {
  test('holds the claims of OCI’s, with the session’s public key', async () => {
    const [header, payload] = mint().split('.')
    expect(decode(header)).toMatchObject({ alg: 'RS256' })
    const claims = decode(payload)
    expect(claims).toMatchObject({
      sub: ada.identity.user,
      tenant: ada.identity.tenancy,
      iss: 'authService.oracle.com',
      ttype: 'login',
      iat: START / 1000,
      exp: START / 1000 + 3600,
      jti: expect.any(String),
    })
    const key = createPublicKey({
      key: JSON.parse(claims.jwk as string) as JsonWebKey,
      format: 'jwk',
    })
    expect(key.equals(sessionKey.publicKey)).toBe(true)
  })

  test('opens the namespace to requests that its key signed', async () => {
    const token = mint()
    expect(await send(token)).toMatchObject({ status: 200, json: 'axtestnamespace' })
    expect(await send(token)).toMatchObject({ status: 200 })
    const byAda = { identity: 'ada', user: ada.identity.user, verified: true }
    expect(emulator.requests).toMatchObject([byAda, byAda])
  })

  test('is of no use with another key, not even the user’s own', async () => {
    const reply = await send(mint(), { key: ada.key })
    expect(reply).toMatchObject({
      status: 401,
      json: { message: 'Failed to verify the HTTP(S) Signature' },
    })
  })

  test('ends on the second', async () => {
    const token = mint(60)
    now = START + 59_999
    expect((await send(token)).status).toBe(200)
    now = START + 60_000
    expect(await send(token)).toMatchObject({
      status: 401,
      json: {
        code: 'NotAuthenticated',
        message:
          'The required information to complete authentication was not provided or was incorrect.',
      },
    })
  })

  test('can be minted expired', async () => {
    const token = mint(-60)
    const { iat, exp } = decode(token.split('.')[1])
    expect(exp).toBe(START / 1000 - 60)
    expect(iat).toBeLessThan(exp as number)
    expect((await send(token)).status).toBe(401)
  })

  test('follows the clock of a faulty service', async () => {
    const token = mint(60)
    emulator.setFault('ada', { kind: 'clock', offsetMs: 90_000 })
    expect((await send(token)).status).toBe(401)
  })

  const forgeries: [string, (token: string) => string][] = [
    ['nothing', () => ''],
    ['other claims', (token) => withPart(token, 1, { sub: 'ocid1.user.oc1..b' })],
    ['another key', (token) => withPart(token, 1, { jwk: '{}' })],
    ['a longer life', (token) => withPart(token, 1, { exp: 9_999_999_999 })],
    ['no algorithm', (token) => withPart(token, 0, { alg: 'none' })],
    ['no signature', (token) => token.replace(/[^.]*$/, '')],
    ['a signature of one’s own', (token) => signAgain(token)],
    ['a part too many', (token) => `${token}.`],
    ['a line end', (token) => `${token}%0A`],
    ['another spelling of its signature', (token) => `${token}=`],
  ]
  test.each(forgeries)('cannot be forged: %s', async (_, forge) => {
    const token = mint()
    expect((await send(token)).status).toBe(200)
    expect((await send(forge(token))).status).toBe(401)
  })

  test('ends with its user', async () => {
    const token = mint()
    await addTestIdentity(emulator, 'ada', { user: 'ocid1.user.oc1..successor' })
    expect((await send(token)).status).toBe(401)
  })

  function withPart(token: string, at: number, change: Part): string {
    return token
      .split('.')
      .map((part, i) => (i === at ? encode({ ...decode(part), ...change }) : part))
      .join('.')
  }

  function signAgain(token: string): string {
    const signed = token.replace(/\.[^.]*$/, '')
    const signature = createSign('RSA-SHA256')
      .update(signed)
      .sign(sessionKey.privateKey, 'base64url')
    return `${signed}.${signature}`
  }
})

describe('a refresh', () => {
  test('gives a new token for the same key that lives longer', async () => {
    const token = mint(60)
    now += 30_000
    const reply = await refresh(token)
    expect(reply.status).toBe(200)
    const fresh = (reply.json as { token: string }).token
    expect(decode(fresh.split('.')[1]).exp).toBe(now / 1000 + 3600)
    now += 60_000
    expect((await send(token)).status).toBe(401)
    expect((await send(fresh)).status).toBe(200)
  })

  test('is refused for a token that has expired, and for another than the one that signed', async () => {
    expect((await refresh(mint(-1))).status).toBe(401)
    expect((await refresh(mint(), mint())).status).toBe(401)
  })

  test('is refused to an API key', async () => {
    const body = JSON.stringify({ currentToken: mint() })
    const options = { key: ada.key, keyId: ada.identity.keyId, body }
    const reply = await send('', {
      ...options,
      method: 'POST',
      target: '/v1/authentication/refresh',
    })
    expect(reply.status).toBe(401)
  })

  test('can be made to fail while everything else works', async () => {
    emulator.setFault('ada', { kind: 'status', status: 401, service: 'auth' })
    const token = mint()
    expect((await refresh(token)).status).toBe(401)
    expect((await send(token)).status).toBe(200)
  })
})
