/** A stop, as the clients see it that are connected then. */
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { KEY, startApi, type TestApi } from './harness.ts'

let api: TestApi
let origin: string
/** Checks that were begun and have not been cancelled. */
let running = 0
beforeEach(async () => {
  running = 0
  api = await startApi({
    profiles: [{ auth_profile: 'a' }],
    // OCI does not answer.
    check: (_profile, { signal } = {}) =>
      new Promise((_resolve, reject) => {
        if (signal?.aborted) return reject(new Error('cancelled'))
        running += 1
        signal?.addEventListener('abort', () => {
          running -= 1
          reject(new Error('cancelled'))
        })
      }),
  })
  await api.listen()
  origin = `http://127.0.0.1:${(api.address() as AddressInfo).port}`
})
afterEach(() => api.close())

async function ask(method: string, path: string, body?: object) {
  const headers = { 'x-api-key': KEY, 'content-type': 'application/json' }
  const text = JSON.stringify(body ?? {})
  const response = await fetch(`${origin}${path}`, { method, headers, body: text })
  const json = (await response.json()) as { code?: string }
  return { status: response.status, json }
}

/** Writes a part of a request; resolves with all that came when the connection is over. */
function begin(part: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(origin).port), '127.0.0.1', () => socket.write(part))
    let text = ''
    socket.on('data', (bytes) => (text += bytes.toString()))
    socket.on('error', () => {}).on('close', () => resolve(text))
  })
}

test('answers what takes longer than there is time for, and ends the work', async () => {
  const change = { region: 'eu-paris-1' }
  const asked = [
    ask('POST', '/v1/oci-profiles/a/check'),
    // One after the other.
    ask('PUT', '/v1/oci-profiles/a', change),
    ask('PUT', '/v1/oci-profiles/a', change),
  ]
  await expect.poll(() => running).toBe(2)
  await api.drain(1_200)
  for (const { status, json } of await Promise.all(asked)) {
    expect([status, json.code]).toEqual([503, 'SHUTTING_DOWN'])
  }
  expect(running).toBe(0)
  expect(api.registry.get('a')?.region).toBeNull()
  const told = api.logged.map(({ message, fields }) => [message, fields['status']])
  const requests = told.filter(([message]) => message !== 'checked')
  expect(requests).toEqual(asked.map(() => ['request', 503]))
})

test.each([
  ['nothing of a request', ''],
  ['the beginning of its head', 'GET /v1/oci'],
  ['all but the end of its head', `GET /v1/oci-profiles HTTP/1.1\r\nhost: localhost\r\n`],
])('does not wait for who has sent %s', async (_what, part) => {
  const clients = Array.from({ length: 5 }, () => begin(part))
  const connected = () =>
    new Promise<number>((resolve) => api.server.getConnections((_error, count) => resolve(count)))
  await expect.poll(connected).toBe(5)
  const started = performance.now()
  await api.drain(10_000)
  expect(performance.now() - started).toBeLessThan(5_000)
  expect(await Promise.all(clients)).toEqual(['', '', '', '', ''])
})
