/** A stop while clients go on asking: whatever was let in gets an answer. */
import { Agent, get as httpGet, request, type IncomingMessage } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Service } from '../../src/lifecycle.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

let sandbox: Sandbox
let agent: Agent
beforeEach(async () => {
  sandbox = await openSandbox()
  agent = new Agent({ keepAlive: true, maxSockets: 20 })
})
afterEach(async () => {
  agent.destroy()
  await sandbox.close()
})

/** The status, or what became of the request: `refused` when nobody let it in, else the code of the error. */
function ask(service: Service, method: string, path: string): Promise<number | string> {
  return new Promise((resolve) => {
    const headers = { 'x-api-key': service.apiKey.reveal() }
    const asked = request(`${service.url}${path}`, { method, headers, agent })
    asked.on('response', (response) => {
      response.on('end', () => resolve(response.statusCode ?? 0))
      response.on('error', (error: NodeJS.ErrnoException) => resolve(`broken ${error.code}`))
      response.resume()
    })
    asked.on('error', ({ code }: NodeJS.ErrnoException) => {
      // A connection that nobody had taken up yet is refused by the system, one way or the other.
      const isRefused = code === 'ECONNREFUSED' || (code === 'ECONNRESET' && !asked.reusedSocket)
      resolve(isRefused ? 'refused' : `lost ${code}`)
    })
    asked.end()
  })
}

/** Resolves with what the stream said, when it has ended. */
function listen(service: Service): Promise<string> {
  return new Promise((resolve, reject) => {
    const headers = { 'x-api-key': service.apiKey.reveal() }
    const asked = httpGet(`${service.url}/v1/events`, { headers, agent: false })
    asked.on('error', reject).on('response', (response: IncomingMessage) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      response.on('end', () => resolve(text)).on('error', reject)
    })
  })
}

test('loses no request that was let in, and ends event streams at once', async () => {
  const service = await sandbox.start()
  await service.checked
  const streams = Array.from({ length: 10 }, () => listen(service))
  const tally = new Map<number | string, number>()
  const clients = Array.from({ length: 20 }, async (_, number) => {
    for (;;) {
      const [method, path] =
        number % 5 === 0
          ? (['POST', '/v1/oci-profiles/DEFAULT/check'] as const)
          : (['GET', '/v1/oci-profiles'] as const)
      const outcome = await ask(service, method, path)
      tally.set(outcome, (tally.get(outcome) ?? 0) + 1)
      if (outcome === 'refused') return
    }
  })
  await expect.poll(() => tally.get(200) ?? 0, { timeout: 15_000 }).toBeGreaterThan(200)

  const started = performance.now()
  const stopping = service.stop()
  for (const text of await Promise.all(streams)) expect(text).toContain('event: service.stopping')
  await stopping
  const took = performance.now() - started
  await Promise.all(clients)

  // 503 is what a connection is told that was open already.
  expect(new Set(tally.keys()).difference(new Set([200, 503, 'refused']))).toEqual(new Set())
  expect(tally.get('refused')).toBe(20)
  // Far less than the ten seconds that are allowed for requests that take their time.
  expect(took).toBeLessThan(8_000)
})

test('does not wait for a client that takes nothing of its stream', async () => {
  const service = await sandbox.start()
  await service.checked
  const headers = { 'x-api-key': service.apiKey.reveal() }
  const asked = httpGet(`${service.url}/v1/events`, { headers, agent: false })
  asked.on('error', () => {})
  const response = await new Promise<IncomingMessage>((resolve) => asked.on('response', resolve))
  response.pause().on('error', () => {})
  const { registry } = service
  const loaded = registry.record('DEFAULT')
  const profile = { ...loaded.profile, auth_profile: 'x'.repeat(9_000) }
  for (let i = 0; i < 300; i += 1) {
    registry.register({ ...loaded, profile })
    await new Promise((resolve) => setImmediate(resolve))
  }
  const started = performance.now()
  await service.stop()
  expect(performance.now() - started).toBeLessThan(8_000)
  asked.destroy()
})
