import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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
function send(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let answer = ''
    socket.on('data', (chunk) => (answer += chunk.toString()))
    socket.on('end', () => resolve(answer))
    socket.on('close', () => resolve(answer))
    socket.on('error', reject)
  })
}

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
  ['HTTP/1.1', /^HTTP\/1.1 400 /],
  ['HTTP/1.0', /^HTTP\/1.1 403 /],
])('a request of %s without Host is refused', async (version, expected) => {
  const lines = [`GET /v1/oci-profiles ${version}`, `x-api-key: ${KEY}`, 'connection: close']
  expect(await send(request(lines))).toMatch(expected)
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
