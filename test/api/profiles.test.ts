import { afterEach, describe, expect, test } from 'vitest'
import type { OciProfileInput } from '../../src/schemas/index.ts'
import { SENSITIVE_FIELDS, SILENT_LOGGER } from '../../src/schemas/index.ts'
import { fails, heldChecks, WORKS } from '../registry/checks.ts'
import { startApi, type TestApi } from './harness.ts'

const BASE = '/v1/oci-profiles'
const SECRETS = ['CANARY-PEM', 'CANARY-PHRASE']

const FULL: OciProfileInput = {
  auth_profile: 'Prod',
  user: 'ocid1.user.oc1..u',
  tenancy: 'ocid1.tenancy.oc1..t',
  region: 'eu-frankfurt-1',
  fingerprint: '20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34',
  key_content: SECRETS[0],
  pass_phrase: SECRETS[1],
}

let api: TestApi
const start = async (setup: Parameters<typeof startApi>[0]) => (api = await startApi(setup))
afterEach(() => api.close())

describe('GET list', () => {
  test.each([BASE, `${BASE}/`])(
    'answers %s with the profiles in order, without sensitive fields',
    async (path) => {
      await start({ profiles: [FULL, { auth_profile: 'a' }] })
      const { status, json, headers } = await api.call('GET', path)
      expect(status).toBe(200)
      expect(headers['content-type']).toMatch(/^application\/json/)
      expect(json.map((profile: any) => profile.auth_profile)).toEqual(['Prod', 'a'])
      for (const field of SENSITIVE_FIELDS) expect(json[0]).not.toHaveProperty(field)
      expect(json[0]).toEqual({
        auth_profile: 'Prod',
        user: 'ocid1.user.oc1..u',
        authentication: 'api_key',
        tenancy: 'ocid1.tenancy.oc1..t',
        region: 'eu-frankfurt-1',
        genai_compartment_id: null,
        genai_region: null,
        log_requests: false,
        additional_user_agent: '',
        useable: false,
        namespace: null,
        origin: { kind: 'api' },
        check: null,
      })
    },
  )

  test('adds the five sensitive fields when asked, unstored and audited without values', async () => {
    await start({ profiles: [FULL] })
    const { json, headers } = await api.call('GET', `${BASE}?include_sensitive=true`)
    expect(json[0]).toMatchObject({
      key_content: SECRETS[0],
      pass_phrase: SECRETS[1],
      key_file: null,
    })
    expect(Object.keys(json[0])).toEqual(expect.arrayContaining([...SENSITIVE_FIELDS]))
    expect(headers['cache-control']).toBe('no-store')
    const audits = api.logged.filter(({ fields }) => fields['audit'])
    expect(audits).toHaveLength(1)
    expect(audits[0]?.fields).toMatchObject({ profiles: ['Prod'], client: '127.0.0.1' })
    expect(JSON.stringify(api.logged)).not.toMatch(/CANARY/)
  })

  test('puts a sensitive read on record where the log has a record of its own', async () => {
    const recorded: Record<string, unknown>[] = []
    const audit = (fields: Record<string, unknown>) => void recorded.push(fields)
    await start({ profiles: [FULL], logger: { ...SILENT_LOGGER, audit } })
    await api.call('GET', `${BASE}?include_sensitive=true`)
    expect(recorded).toEqual([
      expect.objectContaining({ audit: true, profiles: ['Prod'], client: '127.0.0.1' }),
    ])
  })

  test('filters by useable and shows changes at once', async () => {
    await start({ profiles: [FULL, { auth_profile: 'b' }] })
    await api.call('POST', `${BASE}/b/check`)
    const names = async (query: string) =>
      (await api.call('GET', `${BASE}${query}`)).json.map((profile: any) => profile.auth_profile)
    expect(await names('?useable=true')).toEqual(['b'])
    expect(await names('?useable=false')).toEqual(['Prod'])
    expect(await names('')).toEqual(['Prod', 'b'])
  })

  test.each([
    ['?useable=maybe', '/useable', /true or false/],
    ['?includesensitive=true', '/includesensitive', /include_sensitive/],
  ])('refuses %s', async (query, pointer, message) => {
    await start({})
    const { status, json } = await api.call('GET', `${BASE}${query}`)
    expect(status).toBe(422)
    expect(json.errors).toEqual([{ pointer, message: expect.stringMatching(message) }])
  })
})

describe('GET one', () => {
  test('finds the name in any case', async () => {
    await start({ profiles: [FULL] })
    const { status, json, headers } = await api.call('GET', `${BASE}/pROD`)
    expect([status, json.auth_profile]).toEqual([200, 'Prod'])
    expect(headers['etag']).toMatch(/^"[^"]+"$/)
  })

  test.each(['a/b', 'a b', '50%', '?', '#x', 'ü', '💶', '..%2f', 'a+b', '%2e', 'x'.repeat(3000)])(
    'reaches a profile named %j',
    async (name) => {
      await start({ profiles: [{ auth_profile: name }] })
      const path = `${BASE}/${encodeURIComponent(name)}`
      const { status, json } = await api.call('GET', path)
      expect([status, json.auth_profile]).toEqual([200, name])
      expect((await api.call('POST', `${path}/check`)).status).toBe(200)
    },
  )

  test('answers 404 with code and fix for a name that nobody has', async () => {
    await start({})
    const { status, json, headers } = await api.call('GET', `${BASE}/nobody`)
    expect(status).toBe(404)
    expect(headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(json).toMatchObject({
      type: '/docs/errors#PROFILE_NOT_FOUND',
      title: expect.any(String),
      status: 404,
      detail: 'There is no profile "nobody"',
      code: 'PROFILE_NOT_FOUND',
      fix: expect.any(String),
    })
  })

  test('with sensitive fields is not to be stored', async () => {
    await start({ profiles: [FULL] })
    const { headers, json } = await api.call('GET', `${BASE}/prod?include_sensitive=true`)
    expect([headers['cache-control'], json.pass_phrase]).toEqual(['no-store', SECRETS[1]])
    expect(headers['etag']).toBeDefined()
  })
})

describe('POST', () => {
  test('creates a profile whose check succeeds', async () => {
    await start({})
    const { status, json, headers } = await api.call('POST', BASE, {
      body: { ...FULL, auth_profile: 'New.1' },
    })
    expect(status).toBe(201)
    expect(headers['location']).toBe(`${BASE}/New.1`)
    expect(json).toMatchObject({
      auth_profile: 'New.1',
      useable: true,
      namespace: 'ns',
      origin: { kind: 'api' },
    })
    for (const field of SENSITIVE_FIELDS) expect(json).not.toHaveProperty(field)
    expect((await api.call('GET', headers['location'] as string)).status).toBe(200)
  })

  test('answers 422 with the words of the check and creates nothing', async () => {
    await start({ check: async () => fails('FINGERPRINT_MISMATCH') })
    const { status, json } = await api.call('POST', BASE, { body: FULL })
    expect(status).toBe(422)
    expect(json).toMatchObject({
      code: 'PROFILE_NOT_USEABLE',
      detail: expect.stringContaining('it does not'),
      fix: 'mend it',
      check: {
        status: 'failed',
        code: 'FINGERPRINT_MISMATCH',
        message: 'it does not',
        fix: 'mend it',
      },
    })
    expect((await api.call('GET', BASE)).json).toEqual([])
  })

  test('with keep_unusable creates it all the same', async () => {
    await start({ check: async () => fails() })
    const { status, json } = await api.call('POST', `${BASE}?keep_unusable=true`, { body: FULL })
    expect(status).toBe(201)
    expect(json).toMatchObject({ useable: false, check: { code: 'NOT_AUTHENTICATED' } })
  })

  test('of a taken name in any case answers 409 before any check', async () => {
    let checks = 0
    const check = async () => {
      checks += 1
      return WORKS
    }
    await start({ profiles: [FULL], check })
    const { status, json } = await api.call('POST', BASE, { body: { auth_profile: 'PROD' } })
    expect([status, json.code, checks]).toEqual([409, 'PROFILE_EXISTS', 0])
  })

  test('of one name, twenty times at once, gives one 201 and nineteen 409', async () => {
    const { check, next } = heldChecks()
    await start({ check })
    const calls = Array.from({ length: 20 }, () => api.call('POST', BASE, { body: FULL }))
    ;(await next()).end(WORKS)
    const statuses = (await Promise.all(calls)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 201)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(19)
  })

  test.each<[string, object, string, RegExp]>([
    ['no name', {}, '/auth_profile', /required/],
    ['a name with a slash', { auth_profile: 'a/b' }, '/auth_profile', /expected a name/],
    ['the name ..', { auth_profile: '..' }, '/auth_profile', /expected a name/],
    [
      'a name that is too long',
      { auth_profile: 'a'.repeat(129) },
      '/auth_profile',
      /expected a name/,
    ],
    [
      'an unknown type',
      { auth_profile: 'a', authentication: 'apikey' },
      '/authentication',
      /one of api_key/,
    ],
    ['a number for text', { auth_profile: 'a', user: 7 }, '/user', /string/],
    ['text for a flag', { auth_profile: 'a', log_requests: 'yes' }, '/log_requests', /boolean/],
    ['a region with a dot', { auth_profile: 'a', region: 'evil.example' }, '/region', /region/],
    [
      'a region that is too long',
      { auth_profile: 'a', region: 'a'.repeat(1025) },
      '/region',
      /^expected at most 1024 characters$/,
    ],
    [
      'a genai_region with a slash',
      { auth_profile: 'a', genai_region: 'a/b' },
      '/genai_region',
      /region/,
    ],
    [
      'a header injection',
      { auth_profile: 'a', additional_user_agent: 'x\r\ny: z' },
      '/additional_user_agent',
      /control/,
    ],
    [
      'an unknown field',
      { auth_profile: 'a', fingerprnt: 'x' },
      '/fingerprnt',
      /did you mean "fingerprint"/,
    ],
    ...Object.entries({
      authentication_type: 'authentication',
      name: 'auth_profile',
      password: 'pass_phrase',
      'user-ocid': 'user',
      user_agent: 'additional_user_agent',
    }).map(([typed, meant]): [string, object, string, RegExp] => [
      `${typed} in place of ${meant}`,
      { auth_profile: 'a', [typed]: 'x' },
      `/${typed}`,
      new RegExp(`did you mean "${meant}"`),
    ]),
    [
      'a field that is like no other, naming the nearest and all',
      { auth_profile: 'a', foo: 'x' },
      '/foo',
      /the nearest is "\w+"; known are auth_profile, /,
    ],
    [
      'a field of the prototype',
      { auth_profile: 'a', constructor: 1 },
      '/constructor',
      /no such name/,
    ],
  ])('refuses %s', async (_what, body, pointer, message) => {
    await start({})
    const { status, json } = await api.call('POST', BASE, { body })
    expect([status, json.code]).toEqual([422, 'VALIDATION_FAILED'])
    expect(json.errors).toEqual([{ pointer, message: expect.stringMatching(message) }])
    expect((await api.call('GET', BASE)).json).toEqual([])
  })

  test('names every fault at once', async () => {
    await start({})
    const { json } = await api.call('POST', BASE, { body: { user: 1, nope: 2, region: 'A' } })
    const pointers = json.errors.map((error: any) => error.pointer)
    expect(pointers.toSorted()).toEqual(['/auth_profile', '/nope', '/region', '/user'])
  })

  test('refuses both keys', async () => {
    await start({})
    const body = { ...FULL, key_file: '/key.pem' }
    const { status, json } = await api.call('POST', BASE, { body })
    expect([status, json.code]).toEqual([422, 'VALIDATION_FAILED'])
    expect(json.errors[0].pointer).toBe('/key_content')
    expect(JSON.stringify(json)).not.toMatch(/CANARY/)
  })

  test('takes a profile that was read before, with its read-only fields', async () => {
    await start({ profiles: [FULL] })
    const { json: read } = await api.call('GET', `${BASE}/prod?include_sensitive=true`)
    const { status, json } = await api.call('POST', BASE, {
      body: { ...read, auth_profile: 'copy' },
    })
    expect([status, json.origin]).toEqual([201, { kind: 'api' }])
  })
})

describe('PUT', () => {
  test('changes only what is sent and answers without sensitive fields', async () => {
    await start({ profiles: [FULL] })
    const { status, json } = await api.call('PUT', `${BASE}/PROD`, {
      body: { region: 'iad', useable: false },
    })
    expect(status).toBe(200)
    expect(json).toMatchObject({
      auth_profile: 'Prod',
      user: FULL.user,
      region: 'iad',
      useable: true,
    })
    for (const field of SENSITIVE_FIELDS) expect(json).not.toHaveProperty(field)
  })

  test('answers 404 for an unknown name', async () => {
    await start({})
    expect((await api.call('PUT', `${BASE}/nobody`, { body: {} })).status).toBe(404)
  })

  test('that breaks a useable profile is taken back and says so', async () => {
    const outcomes = [WORKS, fails()]
    await start({ profiles: [FULL], check: async () => outcomes.shift()! })
    await api.call('POST', `${BASE}/prod/check`)
    const before = (await api.call('GET', `${BASE}/prod?include_sensitive=true`)).text
    const { status, json } = await api.call('PUT', `${BASE}/prod`, { body: { region: 'iad' } })
    expect([status, json.code, json.saved]).toEqual([422, 'PROFILE_NOT_USEABLE', false])
    expect((await api.call('GET', `${BASE}/prod?include_sensitive=true`)).text).toBe(before)
  })

  test('of a profile that does not work keeps the new values and says so', async () => {
    await start({ profiles: [FULL], check: async () => fails() })
    const { status, json } = await api.call('PUT', `${BASE}/prod`, { body: { region: 'iad' } })
    expect([status, json.saved]).toEqual([422, true])
    expect((await api.call('GET', `${BASE}/prod`)).json.region).toBe('iad')
  })

  test('as a dry run answers as it would and stores nothing', async () => {
    await start({ profiles: [FULL] })
    const { status, json } = await api.call('PUT', `${BASE}/prod?dry_run=true`, {
      body: { region: 'iad' },
    })
    expect([status, json.region]).toEqual([200, 'iad'])
    expect((await api.call('GET', `${BASE}/prod`)).json.region).toBe('eu-frankfurt-1')
  })

  test('does not rename', async () => {
    await start({ profiles: [FULL] })
    const rename = await api.call('PUT', `${BASE}/prod`, { body: { auth_profile: 'other' } })
    expect([rename.status, rename.json.errors[0].pointer]).toEqual([422, '/auth_profile'])
    expect((await api.call('PUT', `${BASE}/prod`, { body: { auth_profile: 'PROD' } })).status).toBe(
      200,
    )
  })

  test('with a wrong body changes nothing and checks nothing', async () => {
    let checks = 0
    const check = async () => {
      checks += 1
      return WORKS
    }
    await start({ profiles: [FULL], check })
    const { status } = await api.call('PUT', `${BASE}/prod`, { body: { region: 'iad', user: 1 } })
    expect([status, checks]).toEqual([422, 0])
    expect((await api.call('GET', `${BASE}/prod`)).json.region).toBe('eu-frankfurt-1')
  })
})

describe('ETag and If-Match', () => {
  test('let the second of two writers know that somebody was first', async () => {
    await start({ profiles: [FULL] })
    const tag = (await api.call('GET', `${BASE}/prod`)).headers['etag'] as string
    const write = (region: string) =>
      api.call('PUT', `${BASE}/prod`, { body: { region }, headers: { 'if-match': tag } })
    const first = await write('one')
    const second = await write('two')
    expect([first.status, second.status, second.json.code]).toEqual([
      200,
      412,
      'PRECONDITION_FAILED',
    ])
    expect(first.headers['etag']).not.toBe(tag)
    expect((await api.call('GET', `${BASE}/prod`)).json.region).toBe('one')
  })

  test('do not change with a check', async () => {
    await start({ profiles: [FULL] })
    const tag = async () => (await api.call('GET', `${BASE}/prod`)).headers['etag']
    const before = await tag()
    await api.call('POST', `${BASE}/prod/check`)
    expect(await tag()).toBe(before)
  })

  test.each([
    ['"other"', 412],
    ['*', 204],
    ['W/"weak"', 412],
  ])('on DELETE with %s answers %d', async (tag, status) => {
    await start({ profiles: [FULL] })
    const answer = await api.call('DELETE', `${BASE}/prod`, { headers: { 'if-match': tag } })
    expect(answer.status).toBe(status)
  })
})

describe('DELETE', () => {
  test('removes in any case and answers 404 the second time', async () => {
    await start({ profiles: [FULL] })
    const first = await api.call('DELETE', `${BASE}/PROD`)
    expect([first.status, first.text]).toEqual([204, ''])
    expect((await api.call('DELETE', `${BASE}/prod`)).status).toBe(404)
  })

  test('during a check wins', async () => {
    const { check, next } = heldChecks()
    await start({ profiles: [FULL], check })
    const checking = api.call('POST', `${BASE}/prod/check`)
    const held = await next()
    expect((await api.call('DELETE', `${BASE}/prod`)).status).toBe(204)
    held.end(WORKS)
    expect((await checking).status).toBe(404)
    expect((await api.call('GET', BASE)).json).toEqual([])
  })

  test('during an update wins', async () => {
    const { check, next } = heldChecks()
    await start({ profiles: [FULL], check })
    const updating = api.call('PUT', `${BASE}/prod`, { body: { region: 'iad' } })
    await next()
    expect((await api.call('DELETE', `${BASE}/prod`)).status).toBe(204)
    expect((await updating).status).toBe(404)
    expect((await api.call('GET', BASE)).json).toEqual([])
  })
})

describe('POST check', () => {
  test.each([
    ['good', WORKS, true],
    ['bad', fails(), false],
  ])('answers 200 with a %s result and updates useable', async (_how, outcome, useable) => {
    await start({ profiles: [FULL], check: async () => outcome })
    const { status, json } = await api.call('POST', `${BASE}/prod/check`)
    expect([status, json]).toEqual([200, outcome.check])
    const { json: profile } = await api.call('GET', `${BASE}/prod`)
    expect(profile).toMatchObject({ useable, check: outcome.check })
  })

  test('that hangs delays no read and no change of another profile', async () => {
    const { check, next } = heldChecks()
    await start({ profiles: [FULL, { auth_profile: 'b' }], check })
    const hanging = api.call('POST', `${BASE}/prod/check`)
    const held = await next()
    expect((await api.call('GET', BASE)).status).toBe(200)
    expect((await api.call('GET', `${BASE}/prod`)).status).toBe(200)
    const change = api.call('PUT', `${BASE}/b`, { body: { region: 'iad' } })
    ;(await next()).end(WORKS)
    expect((await change).status).toBe(200)
    held.end(WORKS)
    expect((await hanging).status).toBe(200)
  })

  test('takes an empty body of any kind', async () => {
    await start({ profiles: [FULL] })
    const headers = { 'content-type': 'application/json' }
    expect((await api.call('POST', `${BASE}/prod/check`, { text: '', headers })).status).toBe(200)
    expect((await api.call('POST', `${BASE}/prod/check/`)).status).toBe(200)
  })
})
