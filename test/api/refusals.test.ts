import fc from 'fast-check'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { KEY, startApi, type TestApi } from './harness.ts'

const BASE = '/v1/oci-profiles'

describe('the key', () => {
  let api: TestApi
  beforeAll(async () => (api = await startApi()))
  afterAll(() => api.close())

  test.each<[string, Record<string, string>, number]>([
    ['missing', {}, 401],
    ['wrong', { 'x-api-key': `${KEY}x` }, 401],
    ['empty', { 'x-api-key': '' }, 401],
    ['right in X-API-Key', { 'x-api-key': KEY }, 200],
    ['right as Bearer', { authorization: `Bearer ${KEY}` }, 200],
    ['right as bearer', { authorization: `bearer ${KEY}` }, 200],
    [
      'right as Bearer beside an empty one',
      { authorization: `Bearer ${KEY}`, 'x-api-key': '' },
      200,
    ],
    ['right beside a Bearer of a proxy', { authorization: 'Bearer x', 'x-api-key': KEY }, 200],
    ['wrong as both', { authorization: 'Bearer x', 'x-api-key': 'y' }, 401],
    ['wrong as Bearer', { authorization: 'Bearer nothing' }, 401],
    ['right but as Basic', { authorization: `Basic ${KEY}` }, 401],
  ])('%s: %j', async (_what, headers, status) => {
    const answer = await api.call('GET', BASE, { headers, withoutKey: true })
    expect(answer.status).toBe(status)
    if (status === 401) {
      expect(answer.json.code).toBe('UNAUTHENTICATED')
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/)
      expect(answer.text).not.toContain(KEY)
    }
  })

  test.each(['/v1/openapi.json', '/v1/settings', '/metrics', '/v1/nothing', `${BASE}/x/diagnosis`])(
    'is needed for %s',
    async (path) => {
      expect((await api.call('GET', path, { withoutKey: true })).status).toBe(401)
    },
  )

  test.each(['/v1/health/live', '/v1/health/ready', '/docs/', '/docs/errors', '/docs/api.js'])(
    'is not needed for %s',
    async (path) => {
      expect((await api.call('GET', path, { withoutKey: true })).status).toBe(200)
    },
  )

  test('pages are found with and without a slash at their end', async () => {
    const { status, headers } = await api.call('GET', '/docs/errors/?x', { withoutKey: true })
    expect([status, headers['location']]).toEqual([302, '/docs/errors'])
  })

  test('never refuses a right key for coming fast', async () => {
    const calls = Array.from({ length: 2000 }, () => api.call('GET', BASE))
    const statuses = new Set((await Promise.all(calls)).map(({ status }) => status))
    expect([...statuses]).toEqual([200])
  })
})

describe('the Host header', () => {
  let api: TestApi
  afterEach(() => api.close())

  test.each([
    ['localhost', 200],
    ['localhost:8000', 200],
    ['127.0.0.1:1234', 200],
    ['[::1]:8000', 200],
    ['LOCALHOST', 200],
    ['profiles.example:8000', 200],
    ['evil.example', 403],
    ['localhost.evil.example', 403],
    ['127.0.0.1.evil.example', 403],
  ])('%j is answered %d', async (host, status) => {
    api = await startApi({ allowedHosts: ['profiles.example'] })
    const answer = await api.call('GET', BASE, { headers: { host } })
    expect(answer.status).toBe(status)
    if (status === 403) expect(answer.json.code).toBe('HOST_NOT_ALLOWED')
  })

  test('may be anything for the probes of an orchestrator, when others can reach the service', async () => {
    api = await startApi({ loopbackOnly: false })
    const headers = { host: '10.1.2.3:8000' }
    expect((await api.call('GET', '/v1/health/live', { headers })).status).toBe(200)
    expect((await api.call('GET', BASE, { headers })).status).toBe(403)
  })
})

describe('the Origin header', () => {
  let api: TestApi
  beforeAll(async () => (api = await startApi()))
  afterAll(() => api.close())

  test.each([
    ['http://localhost:8000', 201],
    ['http://evil.example', 403],
    ['http://localhost:9999', 403],
    ['null', 403],
  ])('%s writes: %d', async (origin, status) => {
    const body = { auth_profile: `o-${status}` }
    const answer = await api.call('POST', BASE, { body, headers: { origin } })
    expect(answer.status).toBe(status)
  })
})

describe('a request that is not well made', () => {
  let api: TestApi
  beforeAll(async () => (api = await startApi({ profiles: [{ auth_profile: 'a' }] })))
  afterAll(() => api.close())

  test.each<[string, string, string, Parameters<TestApi['call']>[2], number, string]>([
    [
      'JSON that breaks off',
      'POST',
      BASE,
      { text: '{"auth_profile": "SECRET' },
      400,
      'MALFORMED_JSON',
    ],
    ['JSON with a slip', 'POST', BASE, { text: '{"pass_phrase": SECRET}' }, 400, 'MALFORMED_JSON'],
    ['no body', 'POST', BASE, {}, 400, 'MALFORMED_JSON'],
    ['a list', 'POST', BASE, { body: ['SECRET'] }, 400, 'MALFORMED_JSON'],
    ['null', 'PUT', `${BASE}/a`, { text: 'null' }, 400, 'MALFORMED_JSON'],
    [
      'bytes that are not UTF-8',
      'POST',
      BASE,
      { text: Buffer.from([0x7b, 0xff, 0x7d]) },
      400,
      'MALFORMED_JSON',
    ],
    [
      'text',
      'POST',
      BASE,
      { text: 'SECRET', headers: { 'content-type': 'text/plain' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a form',
      'PUT',
      `${BASE}/a`,
      { text: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'JSON that is compressed',
      'PUT',
      `${BASE}/a`,
      { text: gzipSync('{"region":"x"}'), headers: { 'content-encoding': 'gzip' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'a setting called __proto__',
      'PUT',
      '/v1/settings',
      { text: '{"__proto__":1}' },
      422,
      'VALIDATION_FAILED',
    ],
    [
      'a body of more than 1 MiB',
      'POST',
      BASE,
      { text: `"${'x'.repeat(1024 * 1024)}"` },
      413,
      'BODY_TOO_LARGE',
    ],
    ['a path that cannot be decoded', 'GET', `${BASE}/%E0%A4%A`, {}, 400, 'BAD_REQUEST'],
    ['a route that is not there', 'GET', '/v1/nothing', {}, 404, 'ROUTE_NOT_FOUND'],
  ])('(%s) is answered in kind', async (_what, method, path, options, status, code) => {
    const answer = await api.call(method, path, options)
    expect([answer.status, answer.json.code]).toEqual([status, code])
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(answer.text).not.toMatch(/SECRET|node_modules|at .*\.ts/)
  })

  test('says where JSON breaks, not what stands there', async () => {
    const { json } = await api.call('POST', BASE, { text: '{\n  "pass_phrase": SECRET}' })
    expect(json.detail).toBe('The body is not JSON: line 2, column 18')
  })

  test.each([
    ['DELETE', BASE, 'GET, POST, HEAD'],
    ['PATCH', `${BASE}/a`, 'GET, PUT, DELETE, HEAD'],
    ['GET', `${BASE}/a/check`, 'POST'],
    ['POST', `${BASE}/a/diagnosis`, 'GET, HEAD'],
    ['DELETE', '/v1/settings', 'GET, PUT, HEAD'],
    ['POST', '/v1/health/live', 'GET, HEAD'],
    ['POST', '/metrics', 'GET, HEAD'],
  ])('%s on %s is a 405 that allows %s', async (method, path, allow) => {
    const answer = await api.call(method, path)
    expect([answer.status, answer.headers['allow'], answer.json.code]).toEqual([
      405,
      allow,
      'METHOD_NOT_ALLOWED',
    ])
  })

  test('never gets a 5xx, whatever it holds', async () => {
    const request = fc.record({
      method: fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'),
      path: fc
        .tuple(
          fc.constantFrom(BASE, `${BASE}/a`, `${BASE}/a/check`, '/v1/settings', '/v1', '/'),
          fc.oneof(
            fc.constant(''),
            fc.string().map((text) => `?${encodeURIComponent(text)}`),
            fc.webPath(),
          ),
        )
        .map((parts) => parts.join('')),
      text: fc.oneof(fc.json(), fc.string(), fc.constant('{"auth_profile":"x"}')),
    })
    await fc.assert(
      fc.asyncProperty(request, async ({ method, path, text }) => {
        const answer = await api.call(method, path, method === 'GET' ? {} : { text })
        expect(answer.status).toBeLessThan(500)
      }),
      { numRuns: 300, seed: 7 },
    )
  })

  test('that fails inside tells the log and not the caller', async () => {
    const broken = await startApi({
      profiles: [{ auth_profile: 'a' }],
      diagnose: async () => {
        throw new Error('INNER DETAIL')
      },
    })
    const answer = await broken.call('GET', `${BASE}/a/diagnosis`, {
      headers: { 'x-request-id': 'id-7' },
    })
    expect([answer.status, answer.json.code, answer.json.request_id]).toEqual([
      500,
      'INTERNAL_ERROR',
      'id-7',
    ])
    expect(answer.text).not.toContain('INNER DETAIL')
    expect(
      broken.logged.some(
        ({ level, fields }) => level === 'error' && fields['request_id'] === 'id-7',
      ),
    ).toBe(true)
    await broken.close()
  })
})
