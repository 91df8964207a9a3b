import { afterEach, describe, expect, test, vi } from 'vitest'
import { createProfile } from '../../src/schemas/index.ts'
import { registerOciProfile } from '../../src/registry/index.ts'
import { fails, WORKS } from '../registry/checks.ts'
import { listenTo, type EventClient } from './event-client.ts'
import { startApi, type TestApi } from './harness.ts'

const BASE = '/v1/oci-profiles'

let api: TestApi
const clients: EventClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) client.leave()
  await api.close()
})

async function start(setup: Parameters<typeof startApi>[0] = {}): Promise<void> {
  api = await startApi(setup)
  await api.listen()
}

async function connect(headers?: Record<string, string>): Promise<EventClient> {
  const client = await listenTo(api, headers)
  clients.push(client)
  return client
}

const add = (auth_profile: string) =>
  registerOciProfile(api.registry, createProfile({ auth_profile }))

describe('GET /v1/events', () => {
  test('says hello first, and is a stream that nobody is to keep', async () => {
    await start()
    const client = await connect()
    const [hello] = await client.until('hello')
    expect(hello?.data).toEqual({
      started_at: expect.stringMatching(/^\d{4}-.*Z$/),
      id: expect.any(String),
      version: '0.0.0',
    })
    expect(client.headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-request-id': expect.any(String),
      'x-content-type-options': 'nosniff',
    })
  })

  test('tells what happens to profiles, in order, with rising numbers', async () => {
    const outcomes = [WORKS, fails()]
    await start({ check: async () => outcomes.shift() ?? WORKS })
    const client = await connect()
    const body = { auth_profile: 'a', user: 'u', key_content: 'CANARY-PEM', pass_phrase: 'CANARY' }
    await api.call('POST', BASE, { body })
    await api.call('POST', `${BASE}/a/check`)
    await api.call('PUT', `${BASE}/a`, { body: { region: 'eu-zurich-1' } })
    await api.call('DELETE', `${BASE}/a`)
    await client.until('profile.removed')
    expect(client.events.map(({ event }) => event)).toEqual([
      'hello',
      'profile.created',
      'profile.checked',
      'profile.checked',
      'profile.updated',
      'profile.checked',
      'profile.removed',
    ])
    expect(client.events[1]?.data).toEqual({ auth_profile: 'a' })
    expect(client.events[3]?.data).toMatchObject({
      auth_profile: 'a',
      useable: false,
      namespace: 'ns',
      check: { status: 'failed', code: 'NOT_AUTHENTICATED', message: 'it does not' },
    })
    const ids = client.events.map(({ id }) => id)
    expect(ids).toEqual(ids.map((_, index) => ids[0]! + index))
    expect(client.text()).not.toContain('CANARY')
  })

  test('tells every client the same', async () => {
    await start()
    const [one, two] = [await connect(), await connect()]
    add('a')
    expect(await one.until('profile.created')).toEqual(await two.until('profile.created'))
  })

  test('goes on where a client was when it comes back', async () => {
    await start()
    const first = await connect()
    add('a')
    const [last] = await first.until('profile.created')
    first.leave()
    add('b')
    add('c')
    const second = await connect({ 'last-event-id': String(last?.id) })
    await second.until('profile.created')
    expect(second.events.map(({ event, data }) => [event, data.auth_profile])).toEqual([
      ['hello', undefined],
      ['profile.created', 'b'],
      ['profile.created', 'c'],
    ])
    expect(second.events[0]?.id).toBe(last?.id)
  })

  test('has nothing to tell a client that missed nothing', async () => {
    await start()
    const first = await connect()
    add('a')
    const [last] = await first.until('profile.created')
    const second = await connect({ 'last-event-id': String(last?.id) })
    add('b')
    await second.until('profile.created')
    expect(second.events.map(({ event }) => event)).toEqual(['hello', 'profile.created'])
  })

  test.each([
    ['of an earlier run', '17'],
    ['of a later run', '99999999999999'],
    ['that is no number', 'yesterday'],
    ['that is empty', ''],
  ])('tells a client with an id %s to read all again', async (_what, id) => {
    await start()
    add('a')
    const client = await connect({ 'last-event-id': id })
    const [reset] = await client.until('reset')
    expect(reset?.data).toEqual({ reason: 'unknown_event_id' })
    add('b')
    const [created] = await client.until('profile.created')
    expect([created?.data, created?.id]).toEqual([{ auth_profile: 'b' }, reset!.id + 1])
  })

  test('remembers a thousand events, and no more', async () => {
    await start()
    const first = await connect()
    const [hello] = await first.until('hello')
    first.leave()
    for (let i = 0; i < 1_000; i += 1) add(`p${i}`)
    const id = { 'last-event-id': String(hello!.id) }
    const second = await connect(id)
    await second.until('profile.created')
    await expect.poll(() => second.events.length).toBe(1_001)
    add('one more')
    const third = await connect(id)
    expect((await third.until('reset'))[0]?.data).toEqual({ reason: 'unknown_event_id' })
  })

  test('tells of a flood in a word', async () => {
    await start()
    const client = await connect()
    await client.until('hello')
    for (let i = 0; i < 5_000; i += 1) add(`p${i}`)
    expect((await client.until('reset'))[0]?.data).toEqual({ reason: 'too_many_events' })
    add('later')
    const [created] = await client.until('profile.created')
    expect(created?.data).toEqual({ auth_profile: 'later' })
  })

  test('tells of what is too large in a word', async () => {
    await start()
    const client = await connect()
    add('x'.repeat(100_000))
    expect((await client.until('reset'))[0]?.data).toEqual({ reason: 'too_large' })
  })

  test('gives a sign of life every 15 s', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await start()
      const client = await connect()
      await client.until('hello')
      vi.advanceTimersByTime(15_000)
      await expect.poll(() => client.text()).toMatch(/\n\n: still here\n\n$/)
    } finally {
      vi.useRealTimers()
    }
  })

  test('ends with the service, after it has said so', async () => {
    await start()
    const client = await connect()
    await client.until('hello')
    await Promise.all([api.drain(10_000), client.ended])
    expect(client.events.at(-1)?.event).toBe('service.stopping')
  })

  test('cuts off a client that takes nothing, and nobody else', async () => {
    await start()
    const slow = await connect()
    const quick = await connect()
    slow.pause()
    const name = 'x'.repeat(30_000)
    for (let i = 0; i < 1_000 && api.logged.every(isNotTheEnd); i += 1) {
      add(`${name}${i}`)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await expect.poll(() => api.logged.some((line) => !isNotTheEnd(line))).toBe(true)
    const end = api.logged.find((line) => !isNotTheEnd(line))
    expect(end).toMatchObject({ level: 'warn', fields: { end: 'too slow', path: '/v1/events' } })
    add('last')
    await expect.poll(() => quick.events.at(-1)?.data).toEqual({ auth_profile: 'last' })
  })

  test('leaves one line in the log, and none in the duration of requests', async () => {
    await start()
    const client = await connect()
    await client.until('hello')
    client.leave()
    const lines = () => api.logged.filter(({ fields }) => fields['path'] === '/v1/events')
    await expect.poll(() => lines().length).toBe(1)
    expect(lines()[0]).toMatchObject({
      level: 'debug',
      message: 'event stream ended',
      fields: { status: 200, end: 'client left', duration_ms: expect.any(Number) },
    })
    const metrics = (await api.call('GET', '/metrics')).text
    expect(metrics).not.toMatch(/duration_seconds_count\{[^}]*\/v1\/events/)
  })

  test('needs the key', async () => {
    await start()
    const client = await connect({ 'x-api-key': 'wrong' })
    expect([client.status, client.headers['content-type']]).toEqual([
      401,
      'application/problem+json; charset=utf-8',
    ])
  })

  test.each([
    ['HEAD', 200],
    ['POST', 405],
    ['PUT', 405],
    ['DELETE', 405],
  ])('%s is answered %d at once', async (method, status) => {
    await start()
    const answer = await api.call(method, '/v1/events')
    expect([answer.status, answer.text === '' || status !== 200]).toEqual([status, true])
    if (status === 405) expect(answer.headers['allow']).toBe('GET, HEAD')
  })

  test('refuses unknown parameters, as everywhere', async () => {
    await start()
    expect((await api.call('GET', '/v1/events?since=1')).status).toBe(422)
  })

  test('lets 200 clients listen, tells the next one why not, and takes it when one leaves', async () => {
    await start()
    const all = await Promise.all(Array.from({ length: 200 }, () => connect()))
    expect(new Set(all.map(({ status }) => status))).toEqual(new Set([200]))
    expect((await connect()).status).toBe(503)
    expect((await api.call('GET', '/v1/events')).json.code).toBe('TOO_MANY_STREAMS')
    all[0]?.leave()
    await expect.poll(async () => (await connect()).status).toBe(200)
    add('a')
    expect(await all[199]?.until('profile.created')).toHaveLength(1)
  })
})

function isNotTheEnd({ message }: { message: string }): boolean {
  return message !== 'event stream ended'
}
