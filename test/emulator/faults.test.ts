/** Faults: each does what it says, to whom it says, as often as it says. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator, type EmulatorOptions } from '../../emulator/index.ts'
import { makeLoopbackCertificate } from '../fixtures/certificates.ts'
import { addTestIdentity, testKey, type TestIdentity } from '../fixtures/identities.ts'
import { sendRequest } from './send-request.ts'
import { signRequest, type Signable } from './sign-request.ts'

let emulator: Emulator
let ada: TestIdentity
let ben: TestIdentity

async function start(options: EmulatorOptions = {}) {
  emulator = await startEmulator(options)
  ada = await addTestIdentity(emulator, 'ada')
  ben = await addTestIdentity(emulator, 'ben')
}
beforeEach(() => start())
afterEach(() => emulator.close())

function send(
  who: TestIdentity,
  options: Partial<Signable> & { signal?: AbortSignal; ca?: string } = {},
) {
  const { signal, ca, ...rest } = options
  const { port } = emulator
  const { key, identity } = who
  const request = signRequest({ key, keyId: identity.keyId, port, ...rest })
  return sendRequest(request, { port, signal, ca })
}

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code
const lastRequest = () => emulator.requests.at(-1)

describe('a fault of status', () => {
  test.each([
    [401, 'NotAuthenticated'],
    [404, 'NotAuthorizedOrNotFound'],
    [429, 'TooManyRequests'],
    [500, 'InternalServerError'],
    [503, 'ServiceUnavailable'],
    [599, 'InternalServerError'],
    [418, 'InvalidParameter'],
  ])('%i answers %s', async (status, code) => {
    emulator.setFault('ada', { kind: 'status', status })
    const reply = await send(ada)
    expect(reply).toMatchObject({ status, json: { code, message: expect.any(String) } })
    expect(reply.headers['opc-request-id']).toMatch(/^.+\/.+\/.+$/)
    expect(lastRequest()).toMatchObject({ identity: 'ada', status, verified: true })
  })

  test('says when to come back, and can say anything else', async () => {
    const words = { code: 'LimitExceeded', message: 'no more' }
    emulator.setFault('ada', { kind: 'status', status: 429, retryAfterS: 30, ...words })
    const reply = await send(ada)
    expect(reply.headers['retry-after']).toBe('30')
    expect(reply.json).toEqual(words)
  })

  test('never hides that a request is signed wrongly', async () => {
    emulator.setFault('ada', { kind: 'status', status: 503 })
    const other = await testKey('second')
    expect((await send(ada, { key: other })).status).toBe(401)
  })
})

describe('a fault of the clock', () => {
  test('shows in the Date of the answer and in what is accepted', async () => {
    emulator.setFault('ada', { kind: 'clock', offsetMs: 432_000 })
    const reply = await send(ada)
    expect(reply).toMatchObject({ status: 401, json: { code: 'NotAuthenticated' } })
    expect(reply.json).toHaveProperty('message', expect.stringContaining('allowed clock skew'))
    const ahead = Date.parse(reply.headers.date!) - Date.now()
    expect(Math.abs(ahead - 432_000)).toBeLessThan(5000)
    expect((await send(ada, { now: Date.now() + 432_000 })).status).toBe(200)
    expect((await send(ben)).status).toBe(200)
  })
})

describe('a fault of the answer', () => {
  test.each([
    ['html', 'text/html; charset=utf-8', /^<!doctype html>/],
    ['json', 'application/json', /^\{"unexpected":true\}$/],
    ['broken_json', 'application/json', /^\{"value":"half an$/],
  ] as const)('is nonsense: %s', async (body, type, text) => {
    emulator.setFault('ada', { kind: 'nonsense', body })
    const reply = await send(ada)
    expect(reply).toMatchObject({ status: 200, text: expect.stringMatching(text) })
    expect(reply.headers['content-type']).toBe(type)
  })

  test('is a way elsewhere', async () => {
    emulator.setFault('ada', { kind: 'redirect', location: 'http://127.0.0.1:9/login' })
    const reply = await send(ada)
    expect(reply.status).toBe(302)
    expect(reply.headers.location).toBe('http://127.0.0.1:9/login')
  })

  test('ends too early', async () => {
    emulator.setFault('ada', { kind: 'truncated' })
    await expect(send(ada)).rejects.toThrow('aborted')
    expect(lastRequest()).toMatchObject({ status: 200 })
  })

  test('stops in the middle', async () => {
    emulator.setFault('ada', { kind: 'stalled' })
    const signal = AbortSignal.timeout(300)
    await expect(send(ada, { signal })).rejects.toSatisfy(() => signal.aborted)
    expect(lastRequest()).toMatchObject({ status: 200 })
  })
})

describe('a fault of the connection', () => {
  test('delays', async () => {
    emulator.setFault('ada', { kind: 'slow', delayMs: 200 })
    const start = performance.now()
    expect((await send(ada)).status).toBe(200)
    expect(performance.now() - start).toBeGreaterThan(195)
  })

  test('is silence', async () => {
    emulator.setFault('ada', { kind: 'silent' })
    const signal = AbortSignal.timeout(300)
    await expect(send(ada, { signal })).rejects.toSatisfy(() => signal.aborted)
    expect(lastRequest()).toMatchObject({ identity: 'ada', status: null, verified: false })
  })

  test('is a reset', async () => {
    emulator.setFault('ada', { kind: 'reset' })
    await expect(send(ada)).rejects.toSatisfy((error) => codeOf(error) === 'ECONNRESET')
    expect(lastRequest()).toMatchObject({ status: null })
  })

  test('hits requests that are signed wrongly too', async () => {
    emulator.setFault('ada', { kind: 'reset' })
    const key = await testKey('second')
    await expect(send(ada, { key })).rejects.toSatisfy((error) => codeOf(error) === 'ECONNRESET')
  })
})

describe('a fault', () => {
  const down = { kind: 'status', status: 503 } as const

  test('of an identity leaves the others alone, and can be taken back', async () => {
    emulator.setFault('ada', down)
    expect((await send(ada)).status).toBe(503)
    expect((await send(ben)).status).toBe(200)
    emulator.setFault('ada', null)
    expect((await send(ada)).status).toBe(200)
  })

  test('can be set by the user’s OCID', async () => {
    emulator.setFault(ada.identity.user, down)
    expect((await send(ada)).status).toBe(503)
    expect((await send(ben)).status).toBe(200)
  })

  test('of all gives way to an identity’s own', async () => {
    emulator.setFault(null, down)
    emulator.setFault('ada', { kind: 'status', status: 429 })
    expect((await send(ada)).status).toBe(429)
    expect((await send(ben)).status).toBe(503)
    emulator.setFault(null, null)
    expect((await send(ben)).status).toBe(200)
  })

  test('lasts for so many requests', async () => {
    emulator.setFault('ada', { ...down, times: 2 })
    const statuses = []
    for (let i = 0; i < 4; i++) statuses.push((await send(ada)).status)
    expect(statuses).toEqual([503, 503, 200, 200])
  })

  test('can come with others', async () => {
    emulator.setFault('ada', [
      { kind: 'slow', delayMs: 100 },
      { ...down, times: 1 },
    ])
    const start = performance.now()
    expect((await send(ada)).status).toBe(503)
    expect(performance.now() - start).toBeGreaterThan(95)
    expect((await send(ada)).status).toBe(200)
  })

  test('can be of one service only', async () => {
    emulator.setFault('ada', { ...down, service: 'identity' })
    expect((await send(ada)).status).toBe(200)
    expect((await send(ada, { target: '/20160918/regions' })).status).toBe(503)
  })

  test('that cannot be carried out, or for a name that nobody has, is refused', () => {
    expect(() => emulator.setFault('adda', down)).toThrow(RangeError)
    expect(() => emulator.setFault('ada', { kind: 'status', status: 200 })).toThrow(RangeError)
    expect(() => emulator.setFault('ada', { ...down, times: -1 })).toThrow(RangeError)
  })
})

describe('over TLS', () => {
  test('requests are served, and reset', async () => {
    await emulator.close()
    const key = await testKey('second')
    const cert = makeLoopbackCertificate(key)
    await start({ tls: { key: key.privatePem, cert } })
    expect(emulator.url).toBe(`https://127.0.0.1:${emulator.port}`)
    expect((await send(ada, { ca: cert })).status).toBe(200)
    emulator.setFault('ada', { kind: 'reset' })
    const broken = send(ada, { ca: cert })
    await expect(broken).rejects.toSatisfy((error) => codeOf(error) === 'ECONNRESET')
    expect((await send(ben, { ca: cert })).status).toBe(200)
  })

  test('nobody is served who does not trust the certificate', async () => {
    await emulator.close()
    const [key, other] = [await testKey('second'), await testKey()]
    await start({ tls: { key: key.privatePem, cert: makeLoopbackCertificate(key) } })
    const ca = makeLoopbackCertificate(other)
    await expect(send(ada, { ca })).rejects.toThrow(/certificate|signature/i)
    expect(emulator.requests).toEqual([])
  })
})
