/** Two hundred clients that are slow in every way there is: the others do not notice, and in the end they are cut off. */
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { registerOciProfile } from '../../src/registry/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { parseExposition } from '../api/exposition.ts'
import { get, openSandbox, type Sandbox } from './sandbox.ts'

const OF_EACH_KIND = 50
const LIMIT_MS = 3_000
/** Enough that no buffer of the system takes it: 16 MiB. */
const LARGE_ANSWER = { profiles: 512, bytesEach: 32 * 1024 }

let sandbox: Sandbox
let service: Service
beforeAll(async () => {
  sandbox = await openSandbox()
  const limits = { requestMs: LIMIT_MS, stalledMs: LIMIT_MS }
  service = await sandbox.start({ limits, env: { OCI_PROFILES_CHECK_INTERVAL_S: '0' } })
  await service.checked
  const additional_user_agent = 'x'.repeat(LARGE_ANSWER.bytesEach)
  for (let index = 0; index < LARGE_ANSWER.profiles; index += 1) {
    const profile = createProfile({ auth_profile: `LARGE_${index}`, additional_user_agent })
    registerOciProfile(service.registry, profile)
  }
})
afterAll(() => sandbox.close())

interface SlowClient {
  kind: string
  socket: Socket
  /** The beginning of what came back. */
  answer: string
  isClosed: boolean
}

/** Sends something and then nothing more; reads, or does not. */
function slowClient(kind: string, text: string, reads = true): SlowClient {
  const { hostname, port } = new URL(service.url)
  const socket = connect(Number(port), hostname)
  const client: SlowClient = { kind, socket, answer: '', isClosed: false }
  socket.on('error', () => {}).on('close', () => (client.isClosed = true))
  socket.once('connect', () => socket.write(text))
  if (reads) socket.on('data', (chunk) => (client.answer += chunk.toString().slice(0, 100)))
  return client
}

function slowClients(): SlowClient[] {
  const head = (method: string) =>
    [
      `${method} /v1/oci-profiles HTTP/1.1`,
      'Host: localhost',
      `X-API-Key: ${service.apiKey.reveal()}`,
      'Content-Type: application/json',
    ].join('\r\n')
  return Array.from({ length: OF_EACH_KIND }, () => [
    slowClient('silent', ''),
    slowClient('slow head', `${head('GET')}\r\nX-More: `),
    slowClient('slow body', `${head('POST')}\r\nContent-Length: 100\r\n\r\n{"auth_`),
    slowClient('slow reader', `${head('GET')}\r\n\r\n`, false),
  ]).flat()
}

test('two hundred slow clients keep nobody waiting, and are cut off at the limits', async () => {
  const clients = slowClients()
  const openConnections = async () => {
    const headers = { 'x-api-key': service.apiKey.reveal() }
    const text = await (await fetch(`${service.url}/metrics`, { headers })).text()
    return parseExposition(text).get('oci_profiles_http_open_connections')?.samples[0]?.value
  }
  await expect.poll(openConnections, { timeout: 10_000 }).toBeGreaterThan(clients.length)
  // As long as none of them is cut off: how many others are answered meanwhile?
  let answered = 0
  while (clients.every(({ isClosed }) => !isClosed)) {
    const [one, check] = await Promise.all([
      get(service, `/v1/oci-profiles/DEFAULT`),
      get(service, '/v1/oci-profiles/DEFAULT/check', { method: 'POST', body: '' }),
    ])
    expect([one.status, check.status]).toEqual([200, 200])
    answered += 2
  }
  // Hundreds; ten are what the slowest machine manages in that time.
  expect(answered).toBeGreaterThan(10)

  // Who does not read does not see its end: what the service says counts.
  const cutOff = () =>
    sandbox.logged.filter(({ message }) => message === 'client took nothing of its answer').length
  const open = () => clients.filter(({ isClosed }) => !isClosed).map(({ kind }) => kind)
  const readers = Array.from({ length: OF_EACH_KIND }, () => 'slow reader')
  await expect.poll(() => [open(), cutOff()], { timeout: 30_000 }).toEqual([readers, OF_EACH_KIND])
  await expect.poll(openConnections, { timeout: 10_000 }).toBeLessThan(OF_EACH_KIND)
  for (const { kind, answer, socket } of clients) {
    const expected = kind === 'slow reader' ? '' : 'HTTP/1.1 408 Request Timeout'
    expect([kind, answer.split('\r\n')[0]]).toEqual([kind, expected])
    socket.destroy()
  }
  expect((await get(service, '/v1/health/ready')).json.status).toBe('ready')
}, 90_000)
