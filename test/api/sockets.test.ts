import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
