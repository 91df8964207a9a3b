import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { KEY, startApi, type TestApi } from './harness.ts'

let api: TestApi
let port: number
beforeAll(async () => {
  api = await startApi({ profiles: [{ auth_profile: 'a' }] })
  await api.listen()
  port = (api.address() as AddressInfo).port
})
afterAll(() => api.close())

/** Sends bytes and reads until the service ends the connection. */
function send(bytes: string, to = port): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(to, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('end', () => resolve(answer))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

const bodyOf = (answer: string) => JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))
const request = (lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`

test.each([
  ['noise', 'SECRET NOISE\r\n\r\n', 400, 'BAD_REQUEST'],
  [
    'headers beyond 16 KiB',
    request(['GET /v1/oci-profiles HTTP/1.1', 'host: localhost', `x: ${'SECRET'.repeat(4000)}`]),
    431,
    'HEADERS_TOO_LARGE',
  ],
  [
    'a length that is no number',
    request(['POST /v1/oci-profiles HTTP/1.1', 'host: localhost', 'content-length: SECRET']),
    400,
    'BAD_REQUEST',
  ],
])('%s is answered as a problem', async (_what, bytes, status, code) => {
  const answer = await send(bytes)
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  expect(answer).toContain('content-type: application/problem+json')
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status, code })
  expect(answer).not.toContain('SECRET')
})

test.each([
  ['of HTTP/1.1 without Host', 'HTTP/1.1', [], '400', 'BAD_REQUEST'],
  ['of HTTP/1.0 without Host', 'HTTP/1.0', [], '403', 'HOST_NOT_ALLOWED'],
  ['with two Hosts', 'HTTP/1.1', ['host: localhost', 'Host: evil.example'], '400', 'BAD_REQUEST'],
])('a request %s is refused as a problem', async (_what, version, hosts, status, code) => {
  const lines = [`GET /v1/oci-profiles ${version}`, ...hosts, `x-api-key: ${KEY}`]
  const answer = await send(request([...lines, 'connection: close']))
  expect(answer.split(' ', 2)[1]).toBe(status)
  expect(bodyOf(answer)).toMatchObject({ code })
})

test('a tunnel is refused as a problem, and a strange expectation is passed over', async () => {
  const tunnel = await send(request(['CONNECT localhost:80 HTTP/1.1', 'host: localhost:80']))
  expect(tunnel).toMatch(/^HTTP\/1.1 405 /)
  expect(bodyOf(tunnel)).toMatchObject({ code: 'METHOD_NOT_ALLOWED' })
  const lines = ['GET /v1/health/live HTTP/1.1', 'host: localhost', 'expect: miracles']
  expect(await send(request([...lines, 'connection: close']))).toMatch(/^HTTP\/1.1 200 /)
})

describe('a fault on the connection of a request that is being answered', () => {
  const head = (line: string, ...more: string[]) =>
    request([line, 'host: localhost', `x-api-key: ${KEY}`, ...more])

  test('behind it comes after its answer', async () => {
    const answer = await send(`${head('POST /v1/oci-profiles/a/check HTTP/1.1')}GARBAGE\r\n\r\n`)
    expect(answer.match(/^HTTP\/1.1 \d+/gm)).toEqual(['HTTP/1.1 200'])
    expect(answer).toContain('"status":"ok"')
  })

  test('behind a stream ends it, and puts nothing into it', async () => {
    const answer = await send(`${head('GET /v1/events HTTP/1.1')}GARBAGE\r\n\r\n`)
    expect(answer).not.toContain('problem')
    expect(answer.match(/HTTP\/1.1 \d+/g) ?? []).not.toContain('HTTP/1.1 400')
  })

  test('in its body is the answer', async () => {
    const lines = ['content-type: application/json', 'transfer-encoding: chunked']
    const answer = await send(`${head('PUT /v1/oci-profiles/a HTTP/1.1', ...lines)}no size\r\n`)
    expect(answer.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 400'])
    expect(bodyOf(answer)).toMatchObject({ code: 'BAD_REQUEST' })
  })
})

describe('without a key', () => {
  /** Ways to write an address that lead to the same route. */
  const SPELLINGS: [string, (path: string) => string][] = [
    ['as it is', (path) => path],
    ['with a letter in percent', (path) => path.replace(/[a-z]/, percent)],
    ['all in percent', (path) => path.replaceAll(/[a-z0-9]/g, percent)],
    ['with its digit in percent', (path) => path.replace('1', percent)],
    ['as a whole URL', (path) => `http://localhost${path}`],
    ['as a whole URL in percent', (path) => `http://localhost${path.replace(/[a-z]/, percent)}`],
    ['with a query', (path) => `${path}?include_sensitive=true`],
    ['with a slash at its end', (path) => `${path}/`],
  ]
  function percent(letter: string) {
    return `%${letter.charCodeAt(0).toString(16)}`
  }

  test.each(['', '/a/prefix'])(
    'behind "%s" no spelling of an address is answered',
    async (prefix) => {
      const other = await startApi({ profiles: [{ auth_profile: 'a' }], urlPrefix: prefix })
      onTestFinished(() => other.close())
      await other.listen()
      const { port: at } = other.address() as AddressInfo
      const { paths } = (await other.call('GET', `${prefix}/v1/openapi.json`)).json
      const operations = Object.entries<object>(paths)
        .filter(([path]) => !path.includes('/health/'))
        .flatMap(([path, methods]) =>
          Object.keys(methods).map((method) => [method.toUpperCase(), path] as const),
        )
      expect(operations.length).toBeGreaterThan(15)
      const answers = await Promise.all(
        operations.flatMap(([method, path]) =>
          SPELLINGS.map(async ([how, spell]) => {
            const url = spell(path.replace('{auth_profile}', 'a'))
            const lines = [`${method} ${url} HTTP/1.1`, 'host: localhost', 'connection: close']
            const [, status] = (await send(request(lines), at)).split(' ', 2)
            return [method, path, how, status]
          }),
        ),
      )
      expect(answers.filter(([, , , status]) => status !== '401')).toEqual([])
      expect((await other.call('GET', `${prefix}/v1/oci-profiles/a`)).status).toBe(200)
    },
  )

  test('a page is answered however its address is written', async () => {
    for (const url of ['/docs/', '/%64ocs/', 'http://localhost/docs/errors']) {
      const lines = [`GET ${url} HTTP/1.1`, 'host: localhost', 'connection: close']
      expect([url, (await send(request(lines))).split(' ', 2)[1]]).toEqual([
        url,
        expect.stringMatching(/^(?:200|302)$/),
      ])
    }
  })
})

test('a host that the request line names is the one that counts', async () => {
  const get = (url: string) =>
    send(
      request([`GET ${url} HTTP/1.1`, 'host: localhost', `x-api-key: ${KEY}`, 'connection: close']),
    )
  expect(await get('http://evil.example/v1/oci-profiles')).toMatch(/^HTTP\/1.1 403 /)
  expect(await get('http://user@evil.example:80/v1/oci-profiles')).toMatch(/^HTTP\/1.1 403 /)
  expect(await get('http://127.0.0.1:8000/v1/oci-profiles')).toMatch(/^HTTP\/1.1 200 /)
})

test('goes on serving after all of that', async () => {
  expect((await api.call('GET', '/v1/oci-profiles/a')).status).toBe(200)
})

describe('a refusal reaches a client that sends all of its body before it reads', () => {
  const BODY = Buffer.alloc(8 * 1024 * 1024, ' ')

  /** As simple clients do it: everything is written, then the connection is read to its end. */
  function sendAll(head: string[], chunked: boolean): Promise<string> {
    const length = chunked ? 'transfer-encoding: chunked' : `content-length: ${BODY.length}`
    const start = request([...head, 'host: localhost', length])
    const body = chunked ? [`${BODY.length.toString(16)}\r\n`, BODY, '\r\n0\r\n\r\n'] : [BODY]
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1').pause()
      for (const part of [start, ...body]) socket.write(part)
      socket.write('', () => {
        let answer = ''
        socket.on('data', (bytes) => (answer += bytes.toString())).resume()
        socket.on('close', () => resolve(answer))
      })
      socket.on('error', reject)
    })
  }

  const json = 'content-type: application/json'
  const key = `x-api-key: ${KEY}`
  const close = 'connection: close'
  test.each([
    ['without a key', 401, ['POST /v1/oci-profiles HTTP/1.1', json]],
    ['of another origin', 403, ['POST /v1/oci-profiles HTTP/1.1', json, key, 'origin: http://x']],
    ['for nothing', 404, ['POST /v1/nothing HTTP/1.1', json, key]],
    ['by a wrong method', 405, ['PATCH /v1/oci-profiles HTTP/1.1', json, key]],
    ['by a method of nobody', 405, ['PROPFIND /v1/oci-profiles HTTP/1.1', json, key]],
    ['that is too large', 413, ['POST /v1/oci-profiles HTTP/1.1', json, key]],
    ['of another type', 415, ['POST /v1/oci-profiles HTTP/1.1', 'content-type: text/plain', key]],
  ])('%s: %i', async (_what, status, head) => {
    for (const chunked of [false, true]) {
      const answer = await sendAll([...head, close], chunked)
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
      expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n')))).toMatchObject({ status })
    }
  })

  test('and the connection goes on with the next request', async () => {
    const next = request(['GET /v1/oci-profiles/a HTTP/1.1', 'host: localhost', key, close])
    const body = `${'x'.repeat(100_000)}`
    const head = ['POST /v1/zz HTTP/1.1', 'host: localhost', key, json]
    const answers = await send(
      `${request([...head, `content-length: ${body.length}`])}${body}${next}`,
    )
    expect(answers.match(/HTTP\/1.1 \d+/g)).toEqual(['HTTP/1.1 404', 'HTTP/1.1 200'])
  })
})
