import { once } from 'node:events'
import { connect, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { createProfile } from '../../src/schemas/index.ts'
import { heldChecks, WORKS } from '../registry/checks.ts'
import { parseExposition, type Family, type Sample } from './exposition.ts'
import { KEY, startApi, type TestApi } from './harness.ts'

const BASE = '/v1/oci-profiles'

let api: TestApi
const start = async (setup: Parameters<typeof startApi>[0] = {}) => (api = await startApi(setup))
afterEach(() => api?.close())

async function scrape(): Promise<Map<string, Family>> {
  const { text } = await api.call('GET', '/metrics')
  return parseExposition(text)
}

async function samplesOf(name: string): Promise<Sample[]> {
  return (await scrape()).get(name)?.samples ?? []
}

describe('the reader of these tests refuses', () => {
  const HEAD = '# HELP a b\n# TYPE a gauge\n'
  test.each([
    ['a text that breaks off', `${HEAD}a 1`],
    ['a family without help', '# TYPE a gauge\na 1\n'],
    ['one series twice', `${HEAD}a{x="1",y="2"} 1\na{y="2",x="1"} 1\n`],
    ['a line feed in a label', `${HEAD}a{x="1\n2"} 1\n`],
    ['a quote in a label', `${HEAD}a{x="1"2"} 1\n`],
    ['a name with a dash', `${HEAD}a-b 1\n`],
    ['a sample of another family', `${HEAD}b 1\n`],
    ['a word for a number', `${HEAD}a one\n`],
    [
      'a histogram that does not add up',
      '# HELP h b\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="+Inf"} 1\nh_sum 1\nh_count 1\n',
    ],
    ['a counter that goes down', '# HELP c_total b\n# TYPE c_total counter\nc_total -1\n'],
  ])('%s', (_what, text) => {
    expect(() => parseExposition(text)).toThrow(/^"/)
  })
})

describe('/metrics', () => {
  test('is what a scraper takes, of the type that it says', async () => {
    await start({ profiles: [{ auth_profile: 'a' }] })
    await api.call('POST', `${BASE}/a/check`)
    const { text, headers } = await api.call('GET', '/metrics')
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(parseExposition(text).size).toBeGreaterThan(40)
  })

  test('names its own metrics by the conventions', async () => {
    await start()
    const own = [...(await scrape()).values()].filter(({ name }) =>
      name.startsWith('oci_profiles_'),
    )
    expect(own.length).toBeGreaterThan(15)
    for (const { name, type, help } of own) {
      expect([name, help]).toEqual([name, expect.stringMatching(/^[A-Z\d].{10,}\.$/)])
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter'])
      if (type === 'histogram') expect(name).toMatch(/_seconds$/)
      if (name.includes('timestamp')) expect(name).toMatch(/_timestamp_seconds$/)
      expect(name).not.toMatch(/_(ms|millis|milliseconds|minutes|percent|count|sum|bucket)(_|$)/)
    }
    for (const info of own.filter(({ name }) => name.endsWith('_info'))) {
      expect([info.name, info.samples.every(({ value }) => value === 1)]).toEqual([info.name, true])
    }
  })

  test('shows any name of a profile as it is, half a surrogate pair but for that', async () => {
    const names = [
      'a"b',
      'back\\slash',
      'line\nfeed',
      '\\n',
      'tab\t',
      'ü💶',
      '{x="1"} 1',
      '#',
      'x=,y',
    ]
    await start({ profiles: [...names, 'half \ud83d'].map((auth_profile) => ({ auth_profile })) })
    const shown = await samplesOf('oci_profiles_profile_useable')
    expect(shown.map(({ labels }) => labels['auth_profile'])).toEqual([...names, 'half \ufffd'])
    const infos = await samplesOf('oci_profiles_profile_check_info')
    expect(infos).toHaveLength(names.length + 1)
  })

  test('has a few series for each profile, also of a thousand, and none of one that is gone', async () => {
    const profiles = Array.from({ length: 1000 }, (_, index) => ({ auth_profile: `p-${index}` }))
    await start({ profiles })
    const count = (families: Map<string, Family>) =>
      [...families.values()]
        .flatMap(({ samples }) => samples)
        .filter(({ labels }) => labels['auth_profile'] !== undefined).length
    expect(count(await scrape())).toBeLessThanOrEqual(4 * 1000)
    for (const { auth_profile } of profiles.slice(1)) api.registry.remove(auth_profile)
    expect(count(await scrape())).toBeLessThanOrEqual(4)
  })
})

describe('profiles', () => {
  test('show the last check, its code and time, and the end of their session', async () => {
    const ends = new Date('2030-01-01T00:00:00.500Z')
    await start({
      profiles: [
        { auth_profile: 'session', authentication: 'security_token' },
        { auth_profile: 'idle', authentication: 'of-my-own' },
      ],
      check: async () => ({ ...WORKS, tokenExpiresAt: ends }),
    })
    await api.call('POST', `${BASE}/session/check`)
    const families = await scrape()
    const of = (name: string) =>
      families.get(`oci_profiles_${name}`)?.samples.map(({ labels, value }) => [labels, value])
    const session = { auth_profile: 'session' }
    const idle = { auth_profile: 'idle' }
    expect(of('profile_useable')).toEqual([
      [session, 1],
      [idle, 0],
    ])
    expect(of('profile_check_info')).toEqual([
      [{ ...session, authentication: 'security_token', code: 'OK' }, 1],
      [{ ...idle, authentication: 'unknown', code: 'PENDING' }, 1],
    ])
    expect(of('profile_last_check_timestamp_seconds')).toEqual([
      [session, Date.parse(WORKS.check.checked_at) / 1000],
    ])
    expect(of('token_expiry_timestamp_seconds')).toEqual([[session, ends.getTime() / 1000]])
  })

  test('that are checked are counted as running, those that wait for their turn as waiting', async () => {
    const { check, next } = heldChecks()
    const names = Array.from({ length: 40 }, (_, index) => `p-${index}`)
    await start({ check, profiles: names.map((auth_profile) => ({ auth_profile })) })
    const load = async () => {
      const families = await scrape()
      return ['running', 'waiting'].map(
        (state) => families.get(`oci_profiles_checks_${state}`)?.samples[0]?.value,
      )
    }
    expect(await load()).toEqual([0, 0])
    const checked = api.registry.checkAll()
    expect(await load()).toEqual([32, 8])
    for (let ended = 0; ended < names.length; ended += 1) (await next()).end(WORKS)
    await checked
    expect(await load()).toEqual([0, 0])
  })
})

describe('requests', () => {
  const answered = 'oci_profiles_http_request_duration_seconds'

  test('are counted by the template of their route, method and status, never by path', async () => {
    await start({ urlPrefix: '/oci', profiles: [{ auth_profile: 'secret-name' }] })
    await api.call('GET', `/oci${BASE}/secret-name`)
    await api.call('GET', `/oci${BASE}/secret-name/?include_sensitive=true`)
    await api.call('GET', `/oci${BASE}/nobody`)
    await api.call('PATCH', `/oci${BASE}`)
    const { text } = await api.call('GET', '/oci/metrics')
    const counts = parseExposition(text)
      .get(answered)
      ?.samples.filter(({ name }) => name === `${answered}_count`)
      .map(({ labels: { method, route, status }, value }) => [method, route, status, value])
    expect(counts).toEqual([
      ['GET', `${BASE}/:auth_profile`, '200', 2],
      ['GET', `${BASE}/:auth_profile`, '404', 1],
      ['PATCH', BASE, '405', 1],
    ])
    expect(text).not.toContain('nobody')
  })

  test('of unknown routes and methods share a few series, however many come', async () => {
    await start()
    for (let index = 0; index < 50; index += 1) {
      await api.call('GET', `/v1/nothing-${index}`)
      await api.call(['TRACE', 'SEARCH', 'PROPFIND', 'M-SEARCH'][index % 4]!, `/v2/${index}`)
      await api.call('TRACE', BASE)
    }
    const series = (await samplesOf(answered)).filter(({ name }) => name.endsWith('_count'))
    expect(series.length).toBeLessThanOrEqual(5)
    expect(series.map(({ labels }) => labels['route'])).toContain('unmatched')
    expect(series.map(({ labels }) => labels['method'])).toContain('OTHER')
  })

  test('that break off, or are none, are counted beside, as are connections', async () => {
    const { check } = heldChecks()
    await start({ check, profiles: [{ auth_profile: 'a' }] })
    await api.listen()
    const { port } = api.address() as AddressInfo
    const open = async (text: string) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => {}).resume()
      await once(socket, 'connect')
      socket.write(text)
      return socket
    }
    const lines = [`POST ${BASE}/a/check HTTP/1.1`, 'host: localhost', `x-api-key: ${KEY}`]
    const leaving = await open(`${lines.join('\r\n')}\r\n\r\n`)
    await expect.poll(() => api.registry.checkLoad().running).toBe(1)
    expect((await samplesOf('oci_profiles_http_open_connections'))[0]?.value).toBe(1)
    leaving.destroy()
    const noise = await open('NOISE\r\n\r\n')
    await once(noise, 'close')
    await expect
      .poll(async () => (await samplesOf('oci_profiles_http_aborted_requests_total'))[0])
      .toMatchObject({ labels: { method: 'POST', route: `${BASE}/:auth_profile/check` }, value: 1 })
    expect(await samplesOf('oci_profiles_http_unreadable_requests_total')).toMatchObject([
      { labels: { status: '400' }, value: 1 },
    ])
    const line = api.logged.find(({ message }) => message === 'client left before the answer')
    expect(line?.fields).toMatchObject({ method: 'POST', path: `${BASE}/a/check` })
  })
})

test('checks are counted by code, their durations by authentication type', async () => {
  await start()
  const { checks } = api.metrics
  const finish = (authentication: string, ms: number, code: string | null) => {
    const check = { ...WORKS.check, code, duration_ms: ms } as Parameters<typeof checks.finished>[1]
    const profile = createProfile({
      auth_profile: 'a',
      authentication,
    })
    checks.finished(profile, check)
  }
  finish('api_key', 40, null)
  finish('api_key', 2000, 'READ_TIMEOUT')
  finish('of my own', 0, 'AUTHENTICATION_UNKNOWN')
  const families = await scrape()
  const counts = families.get('oci_profiles_checks_total')?.samples
  expect(counts?.map(({ labels, value }) => [labels['code'], value])).toEqual([
    ['OK', 1],
    ['READ_TIMEOUT', 1],
    ['AUTHENTICATION_UNKNOWN', 1],
  ])
  const sums = families
    .get('oci_profiles_check_duration_seconds')
    ?.samples.filter(({ name }) => name.endsWith('_sum'))
  expect(sums?.map(({ labels, value }) => [labels['authentication'], value])).toEqual([
    ['api_key', 2.04],
    ['unknown', 0],
  ])
})
