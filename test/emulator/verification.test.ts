/** The emulator's verifier against a signer of the tests' own: what is right passes, everything else is refused. */
import { constants, sign } from 'node:crypto'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { addTestIdentity, type TestIdentity } from '../fixtures/identities.ts'
import { sendRequest } from './send-request.ts'
import { DIALECTS, signRequest, type Signable, type SignedRequest } from './sign-request.ts'

const BAD_SIGNATURE = {
  code: 'NotAuthenticated',
  message: 'Failed to verify the HTTP(S) Signature',
}
const NOT_IDENTIFIED = {
  code: 'NotAuthenticated',
  message: 'The required information to complete authentication was not provided or was incorrect.',
}
const EMPTY_SHA256 = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
const NOW = Date.UTC(2026, 10, 23, 20, 30, 15, 700)
const CHAT = '/20231130/actions/chat'

let emulator: Emulator
let ada: TestIdentity
let ben: TestIdentity

beforeAll(async () => {
  emulator = await startEmulator({ now: () => NOW })
  ada = await addTestIdentity(emulator, 'ada')
  ben = await addTestIdentity(emulator, 'ben', { label: 'second' })
})
afterAll(() => emulator.close())

function signed(options: Partial<Signable> = {}): SignedRequest {
  const { key, identity } = ada
  return signRequest({ key, keyId: identity.keyId, port: emulator.port, now: NOW, ...options })
}

const send = (request: SignedRequest) => sendRequest(request, { port: emulator.port })

/** The request with the value of one header put in place of another. */
function withHeader(request: SignedRequest, name: string, value: string): SignedRequest {
  const headers = request.headers.map(([key, old]): [string, string] => [
    key,
    key === name ? value : old,
  ])
  return { ...request, headers }
}

function headerOf(request: SignedRequest, name: string): string {
  return request.headers.find(([key]) => key === name)![1]
}

describe('a request that is signed well', () => {
  const requests: [string, Partial<Signable>][] = [
    ['GET', {}],
    ['GET with a query', { target: '/n?compartmentId=ocid1.compartment.oc1..a&x=%2F%20' }],
    ['GET with a slash at the end', { target: '/n/' }],
    ['PUT with a body', { method: 'PUT', target: '/n/axtestnamespace/b/b/o/o', body: '{"ä":1}' }],
  ]
  for (const [name, dialect] of Object.entries(DIALECTS)) {
    test.each(requests)(`is accepted in the manner of ${name}: %s`, async (_, options) => {
      const reply = await send(signed({ ...options, dialect }))
      expect(reply.status).toBe(200)
    })
  }

  test('answers with the time of the service and a request id that begins with the client’s', async () => {
    const reply = await send(signed({ headers: { 'opc-request-id': 'abc123' } }))
    expect(reply.headers.date).toBe('Mon, 23 Nov 2026 20:30:15 GMT')
    expect(reply.headers['opc-request-id']).toMatch(/^abc123\/[0-9A-F]{32}\/[0-9A-F]{32}$/)
  })

  test('may sign an empty body, and a content-type that it does not send as an empty one', async () => {
    const headers = { 'content-type': null, 'x-content-sha256': EMPTY_SHA256 }
    const reply = await send(signed({ method: 'POST', target: CHAT, headers }))
    expect(reply).toMatchObject({ status: 400, json: { code: 'InvalidParameter' } })
  })

  test('may sign further headers', async () => {
    const names = ['date', '(request-target)', 'host', 'opc-obo-token']
    const reply = await send(signed({ names, headers: { 'opc-obo-token': 'token' } }))
    expect(reply.status).toBe(200)
  })

  test('may leave the body of an upload unsigned', async () => {
    const { names } = DIALECTS.Python
    const target = '/n/axtestnamespace/b/b/o/o'
    const reply = await send(signed({ method: 'PUT', target, body: 'x', names }))
    expect(reply.status).toBe(200)
  })

  test('gets 404 where there is no such route', async () => {
    const reply = await send(signed({ target: '/nowhere' }))
    expect(reply).toMatchObject({ status: 404, json: { code: 'NotAuthorizedOrNotFound' } })
  })
})

describe('a request that was changed after it was signed', () => {
  const post = (options: Partial<Signable> = {}) =>
    signed({ method: 'POST', target: CHAT, body: '{"a":1}', ...options })
  const changes: [string, () => SignedRequest][] = [
    ['the target', () => ({ ...signed(), target: '/n/' })],
    ['the query', () => ({ ...signed({ target: '/n?a=1' }), target: '/n?a=2' })],
    ['the spelling of the path', () => ({ ...signed({ target: '/n?a=%2f' }), target: '/n?a=%2F' })],
    ['the method', () => ({ ...post(), method: 'PATCH' })],
    ['the host', () => withHeader(signed(), 'host', `127.0.0.2:${emulator.port}`)],
    ['the date, by a second', () => withHeader(signed(), 'date', 'Mon, 23 Nov 2026 20:30:16 GMT')],
    [
      'x-date, where that is signed',
      () =>
        withHeader(
          signed({ dialect: DIALECTS.TypeScript }),
          'x-date',
          'Mon, 23 Nov 2026 20:30:16 GMT',
        ),
    ],
    ['the body, by a bit', () => ({ ...post(), body: '{"a":0}' })],
    [
      'body and digest',
      () => ({
        ...withHeader(
          post(),
          'x-content-sha256',
          headerOf(post({ body: '{"a":0}' }), 'x-content-sha256'),
        ),
        body: '{"a":0}',
      }),
    ],
    ['the digest', () => withHeader(post(), 'x-content-sha256', EMPTY_SHA256)],
    ['the content type', () => withHeader(post(), 'content-type', 'application/jsan')],
    [
      'the content length',
      () => ({ ...withHeader(post(), 'content-length', '8'), body: '{"a":1} ' }),
    ],
    [
      'the order of the names',
      () => {
        const request = signed()
        const value = headerOf(request, 'authorization')
        const turned = value.replace('date (request-target)', '(request-target) date')
        return withHeader(request, 'authorization', turned)
      },
    ],
    ['the key id, to another user’s', () => signed({ keyId: ben.identity.keyId })],
    ['the key, to another user’s', () => signed({ key: ben.key })],
  ]
  test.each(changes)('is refused: %s', async (_, change) => {
    const reply = await send(change())
    expect(reply).toMatchObject({ status: 401, json: BAD_SIGNATURE })
    expect(emulator.requests.at(-1)).toMatchObject({ status: 401, verified: false })
  })

  test('is refused when any one character of the signature is another', async () => {
    const request = signed()
    const good = headerOf(request, 'authorization')
    const start = good.indexOf('signature="') + 'signature="'.length
    const end = good.indexOf('"', start)
    const place = fc.integer({ min: start, max: end - 1 })
    const letter = fc.constantFrom(...Array.from('ABCXYZabcxyz0123456789+/=-_ '))
    await fc.assert(
      fc.asyncProperty(place, letter, async (at, char) => {
        fc.pre(good[at] !== char)
        const bad = good.slice(0, at) + char + good.slice(at + 1)
        const reply = await send(withHeader(request, 'authorization', bad))
        expect(reply.status).toBe(401)
      }),
      { numRuns: 150 },
    )
  })
})

describe('a request that lacks what must be there', () => {
  const pss = () => {
    const text = `date: ${new Date(NOW).toUTCString()}\n(request-target): get /n\nhost: 127.0.0.1:${emulator.port}`
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return sign('RSA-SHA256', Buffer.from(text), { key: ada.key.privateKey, padding })
  }
  const put = { method: 'PUT', target: '/n/axtestnamespace/b/b/o/o', body: 'x' }
  const all = [
    'date',
    '(request-target)',
    'host',
    'content-length',
    'content-type',
    'x-content-sha256',
  ]
  const without = (name: string) => all.filter((other) => other !== name)
  const cases: [string, () => SignedRequest, object][] = [
    ...['PUT', 'PATCH'].map((method): [string, () => SignedRequest, object] => [
      `an unsigned body of ${method}`,
      () => signed({ method, target: '/n', body: '{}', names: DIALECTS.Go.names }),
      NOT_IDENTIFIED,
    ]),
    [
      'a parameter that comes twice',
      () => {
        const request = signed()
        const value = headerOf(request, 'authorization')
        return withHeader(request, 'authorization', `${value},keyId="${ada.identity.keyId}"`)
      },
      NOT_IDENTIFIED,
    ],
    ['no Authorization', () => signed({ headers: { authorization: null } }), NOT_IDENTIFIED],
    ['an unsigned date', () => signed({ names: ['(request-target)', 'host'] }), NOT_IDENTIFIED],
    ['an unsigned target', () => signed({ names: ['date', 'host'] }), NOT_IDENTIFIED],
    ['an unsigned host', () => signed({ names: ['date', '(request-target)'] }), NOT_IDENTIFIED],
    ...['content-length', 'content-type', 'x-content-sha256'].map(
      (name): [string, () => SignedRequest, object] => [
        `an unsigned ${name}`,
        () => signed({ method: 'POST', target: CHAT, body: '{}', names: without(name) }),
        NOT_IDENTIFIED,
      ],
    ),
    [
      'a signed header that is not sent',
      () => signed({ names: ['date', '(request-target)', 'host', 'opc-obo-token'] }),
      NOT_IDENTIFIED,
    ],
    [
      'a name that is signed twice',
      () => signed({ names: ['date', '(request-target)', 'host', 'Date'] }),
      NOT_IDENTIFIED,
    ],
    ['no version', () => signed({ parameters: { version: null } }), NOT_IDENTIFIED],
    ['another version', () => signed({ parameters: { version: '2' } }), NOT_IDENTIFIED],
    ['no algorithm', () => signed({ parameters: { algorithm: null } }), NOT_IDENTIFIED],
    ['another hash', () => signed({ parameters: { algorithm: 'rsa-sha1' } }), NOT_IDENTIFIED],
    ['hs2019', () => signed({ parameters: { algorithm: 'hs2019' } }), NOT_IDENTIFIED],
    [
      'PSS by name',
      () =>
        signed({
          parameters: { algorithm: 'rsa-pss-sha256', signature: pss().toString('base64') },
        }),
      NOT_IDENTIFIED,
    ],
    [
      'PSS under the name of PKCS#1',
      () => signed({ parameters: { signature: pss().toString('base64') } }),
      BAD_SIGNATURE,
    ],
    ['an empty signature', () => signed({ parameters: { signature: '' } }), NOT_IDENTIFIED],
    ['no key id', () => signed({ parameters: { keyId: null } }), NOT_IDENTIFIED],
    ['an unknown key', () => signed({ keyId: `${ada.identity.keyId}0` }), NOT_IDENTIFIED],
    [
      'the key of another tenancy',
      () =>
        signed({ keyId: ada.identity.keyId.replace(ada.identity.tenancy, 'ocid1.tenancy.oc1..b') }),
      NOT_IDENTIFIED,
    ],
    [
      'the key of another user',
      () => signed({ keyId: ada.identity.keyId.replace(ada.identity.user, ben.identity.user) }),
      NOT_IDENTIFIED,
    ],
    [
      'a date of another form',
      () => signed({ headers: { date: '2026-11-23T20:30:15Z' } }),
      NOT_IDENTIFIED,
    ],
    ['an empty date', () => signed({ headers: { date: '' } }), NOT_IDENTIFIED],
    ['a digest of an upload that is not its', () => ({ ...signed(put), body: 'y' }), BAD_SIGNATURE],
  ]
  test.each(cases)('is refused: %s', async (_, make, json) => {
    expect(await send(make())).toMatchObject({ status: 401, json })
  })

  test.each(['date', 'host', 'authorization', 'x-extra'])(
    'is refused with two of %s',
    async (name) => {
      const names = ['date', '(request-target)', 'host', 'x-extra']
      const request = signed({ names, headers: { 'x-extra': '1' } })
      const headers = [...request.headers, [name, headerOf(request, name)] as [string, string]]
      const reply = await send({ ...request, headers })
      expect(reply).toMatchObject({ status: 401, json: NOT_IDENTIFIED })
    },
  )

  test('gets a failure without a body when it asked by HEAD', async () => {
    const reply = await send({ ...signed(), method: 'HEAD' })
    expect(reply).toMatchObject({ status: 401, text: '' })
  })
})

describe('the clock', () => {
  const S = 1000
  // The service's own clock stands at 15.7 s; dates are whole seconds.
  const at = Math.floor(NOW / S) * S
  test.each([
    ['5 min behind', -300, 200],
    ['5 min 1 s behind', -301, 401],
    ['5 min ahead', 300, 200],
    ['5 min 1 s ahead', 301, 401],
  ])('of a client that is %s', async (_, offset, status) => {
    for (const dialect of [DIALECTS.Go, DIALECTS.TypeScript]) {
      const reply = await send(signed({ now: at + offset * S, dialect }))
      expect(reply.status).toBe(status)
    }
  })

  test('is explained in the words of the service', async () => {
    const reply = await send(signed({ now: at - 432 * S }))
    expect(reply.json).toEqual({
      code: 'NotAuthenticated',
      message:
        "Date 'Mon, 23 Nov 2026 20:23:03 UTC' is not within allowed clock skew. " +
        "Current 'Mon, 23 Nov 2026 20:30:15 UTC', valid datetime range: " +
        "['Mon, 23 Nov 2026 20:25:15 UTC', 'Mon, 23 Nov 2026 20:35:16 UTC']",
    })
  })

  test('is judged by every date that is signed', async () => {
    const names = ['date', 'x-date', '(request-target)', 'host']
    const headers = { 'x-date': new Date(at - 400 * S).toUTCString() }
    expect((await send(signed({ names }))).status).toBe(200)
    expect((await send(signed({ names, headers }))).status).toBe(401)
  })
})
