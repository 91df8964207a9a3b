/** Whatever arrives: a refusal, never a crash, and the next good request is served. */
import { connect } from 'node:net'
import * as fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { addTestIdentity, type TestIdentity } from '../fixtures/identities.ts'
import { sendRequest } from './send-request.ts'
import { signRequest, type Signable } from './sign-request.ts'

let emulator: Emulator
let ada: TestIdentity

beforeAll(async () => {
  emulator = await startEmulator({ maxBodyBytes: 1000, maxStoredBytes: 1500 })
  ada = await addTestIdentity(emulator, 'ada')
})
afterAll(() => emulator.close())

function send(options: Partial<Signable> = {}) {
  const { key, identity } = ada
  const { port } = emulator
  return sendRequest(signRequest({ key, keyId: identity.keyId, port, ...options }), { port })
}

/** Whatever a test did: the next request is served. */
afterEach(async () => {
  const { status } = await send()
  if (status !== 200) throw new Error(`a good request got ${status} afterwards`)
})

/** Everything that Node lets through as the value of a header. */
const headerText = fc.string({
  unit: fc
    .integer({ min: 0x20, max: 0xff })
    .filter((code) => code !== 0x7f)
    .map((code) => String.fromCharCode(code)),
  maxLength: 300,
})
const parameter = fc
  .tuple(fc.constantFrom('version', 'keyId', 'algorithm', 'headers', 'signature', 'x'), headerText)
  .map(([name, text]) => `${name}="${text}"`)
const authorization = fc.oneof(
  headerText,
  headerText.map((text) => `Signature ${text}`),
  fc.array(parameter, { maxLength: 7 }).map((list) => `Signature ${list.join(',')}`),
)
const tokenText = fc
  .array(fc.oneof(fc.base64String(), fc.json(), fc.string()), { maxLength: 4 })
  .map((parts) => parts.map((part) => Buffer.from(part).toString('base64url')).join('.'))

describe('hostile headers', () => {
  test('of any form are 401', async () => {
    await fc.assert(
      fc.asyncProperty(authorization, async (value) => {
        const reply = await send({ headers: { authorization: value } })
        expect(reply.status).toBe(401)
      }),
      { numRuns: 300 },
    )
  })

  test('with any key id are 401', async () => {
    const quoteless = headerText.map((text) => text.replaceAll('"', ''))
    const keyIds = fc.oneof(
      quoteless,
      tokenText.map((token) => `ST$${token}`),
    )
    await fc.assert(
      fc.asyncProperty(keyIds, async (keyId) => {
        expect((await send({ keyId })).status).toBe(401)
      }),
      { numRuns: 300 },
    )
  })

  test.each(['__proto__', 'constructor', 'toString', '(created)', ''])(
    'that sign the name %j are 401',
    async (name) => {
      const names = ['date', '(request-target)', 'host', name]
      expect((await send({ names })).status).toBe(401)
    },
  )

  test('of many parameters take no long time', async () => {
    const value = `Signature ${' '.repeat(4000)}${'x="",'.repeat(1500)}`
    const start = performance.now()
    const reply = await send({ headers: { authorization: value } })
    expect(reply.status).toBe(401)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('hostile requests', () => {
  const long = `/${'a'.repeat(5000)}`
  test.each([
    '/%',
    '/n/%ff/b',
    '/n/axtestnamespace/b/x/o/%E0%A4%A',
    '//n',
    '/n//b',
    '/n/../n',
    '*',
    '/n/__proto__/b?compartmentId=x',
    '/n/axtestnamespace/b/__proto__/o/constructor',
    long,
  ])('for the target %.40s get a failure of the client', async (target) => {
    const reply = await send({ target })
    expect(reply.status).toBeGreaterThanOrEqual(400)
    expect(reply.status).toBeLessThan(500)
    expect(reply.json).toHaveProperty('code')
  })

  test.each(['', 'null', '[]', '"x"', '{', '{"currentToken":1}', '{"chatRequest":[]}', '\u0000'])(
    'with the body %j get a failure of the client',
    async (body) => {
      for (const target of ['/v1/authentication/refresh', '/20231130/actions/chat']) {
        const reply = await send({ method: 'POST', target, body })
        expect(reply).toMatchObject({ status: 400, json: { code: 'InvalidParameter' } })
      }
    },
  )

  test('with a body over the limit get 413, announced or not', async () => {
    const target = '/n/axtestnamespace/b/b/o/o'
    const names = ['date', '(request-target)', 'host']
    const body = 'x'.repeat(1001)
    const chunked = { 'content-length': null, 'transfer-encoding': 'chunked' }
    for (const headers of [{}, chunked]) {
      const reply = await send({ method: 'PUT', target, body, names, headers })
      expect(reply).toMatchObject({ status: 413, json: { code: 'RequestEntityTooLarge' } })
    }
  })

  test('cannot fill the memory with objects', async () => {
    const put = (name: string) =>
      send({ method: 'PUT', target: `/n/axtestnamespace/b/b/o/${name}`, body: 'x'.repeat(900) })
    expect((await put('first')).status).toBe(200)
    expect((await put('second')).json).toMatchObject({ code: 'QuotaExceeded' })
    expect((await put('first')).status).toBe(200)
  })

  const HOST = 'Host: a\r\nConnection: close\r\n'
  const wire: [string, string, number | null][] = [
    ['garbage', 'garbage\r\n\r\n', 400],
    ['no host', 'GET /n HTTP/1.1\r\n\r\n', 400],
    ['a whole URL as target', `GET http://127.0.0.1/n HTTP/1.1\r\n${HOST}\r\n`, 401],
    ['CONNECT', `CONNECT a:1 HTTP/1.1\r\n${HOST}\r\n`, null],
    ['an upgrade', `GET /n HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: x\r\n\r\n`, 401],
    [
      'two lengths',
      `POST /n HTTP/1.1\r\n${HOST}Content-Length: 5\r\nContent-Length: 6\r\n\r\n`,
      400,
    ],
    ['a length that is no number', `POST /n HTTP/1.1\r\n${HOST}Content-Length: x\r\n\r\n`, 400],
    ['bad chunks', `POST /n HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`, 400],
    ['huge headers', `GET /n HTTP/1.1\r\n${HOST}x: ${'y'.repeat(100_000)}\r\n\r\n`, 431],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001', 400],
  ]
  test.each(wire)('on the wire are survived: %s', async (_, bytes, status) => {
    const answer = await sendBytes(bytes)
    const found = /^HTTP\/1\.1 (\d+) /.exec(answer)
    expect(found === null ? null : Number(found[1])).toBe(status)
  })

  test('that break off in the middle of the body are survived', async () => {
    await sendBytes('POST /n HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc', 'close')
    await expect
      .poll(() => emulator.requests.at(-1))
      .toMatchObject({ method: 'POST', status: null })
  })
})

/** What comes back until the connection ends. */
function sendBytes(bytes: string, then: 'wait' | 'close' = 'wait'): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(emulator.port, '127.0.0.1', () => {
      socket.write(bytes, 'latin1', () => then === 'close' && socket.destroy())
    })
    socket.on('data', (piece) => (answer += piece.toString('latin1')))
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
    socket.setTimeout(5000, () => socket.destroy())
  })
}
