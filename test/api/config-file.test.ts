import { afterEach, describe, expect, test } from 'vitest'
import { OciProfilesError } from '../../src/errors.ts'
import type { ConfigReading } from '../../src/registry/index.ts'
import { EDITABLE_FIELDS } from '../../src/schemas/index.ts'
import { parseAnswer, reloadAnswer } from '../../src/schemas/wire/index.ts'
import { READ, startApi, type TestApi } from './harness.ts'

const BASE = '/v1/oci-profiles'
const READING: ConfigReading = {
  file: READ.file,
  exists: true,
  added: ['new'],
  changed: [],
  removed: ['old'],
  kept: [],
  diagnostics: [],
}

let api: TestApi
afterEach(() => api.close())

describe('POST reload', () => {
  test('answers what reading the file brought, without waiting for checks', async () => {
    const never = new Promise<void>(() => {})
    const reload = async () => ({ reading: READING, checked: never })
    api = await startApi({ configFile: { view: READ, reload } })
    const { status, json } = await api.call('POST', `${BASE}/reload`)
    expect([status, json]).toEqual([200, READING])
    expect(reloadAnswer.strict().parse(json)).toEqual(READING)
  })

  test('waits for the checks when it is told to', async () => {
    const { promise: checked, resolve: finish } = Promise.withResolvers<void>()
    const reload = async () => ({ reading: READING, checked })
    api = await startApi({ configFile: { view: READ, reload } })
    let isAnswered = false
    const answer = api.call('POST', `${BASE}/reload?wait=true`).then((result) => {
      isAnswered = true
      return result
    })
    await api.call('GET', BASE)
    expect(isAnswered).toBe(false)
    finish()
    expect((await answer).json).toEqual(READING)
  })

  test('answers 503 with the reason when the file cannot be read', async () => {
    const fault = new OciProfilesError('CONFIG_FILE_UNREADABLE', 'it is a folder', {
      fix: 'Name it',
    })
    api = await startApi({ configFile: { view: READ, reload: () => Promise.reject(fault) } })
    const { status, json } = await api.call('POST', `${BASE}/reload`)
    expect(status).toBe(503)
    expect(json).toMatchObject({
      code: 'CONFIG_FILE_UNREADABLE',
      detail: 'it is a folder',
      fix: 'Name it',
    })
  })

  test('needs the key', async () => {
    api = await startApi()
    expect((await api.call('POST', `${BASE}/reload`, { withoutKey: true })).status).toBe(401)
  })
})

describe.each(['reload', 'parse'])('a profile named %s', (name) => {
  test('is read, changed, checked and removed like any other', async () => {
    api = await startApi()
    expect((await api.call('POST', BASE, { body: { auth_profile: name } })).status).toBe(201)
    expect((await api.call('GET', `${BASE}/${name}`)).json.auth_profile).toBe(name)
    expect((await api.call('HEAD', `${BASE}/${name}`)).status).toBe(200)
    const { status, json } = await api.call('PUT', `${BASE}/${name}`, { body: { user: 'u' } })
    expect([status, json.user]).toEqual([200, 'u'])
    expect((await api.call('POST', `${BASE}/${name}/check`)).status).toBe(200)
    expect((await api.call('GET', `${BASE}/${name}/checks`)).json.checks).toHaveLength(3)
    expect((await api.call('DELETE', `${BASE}/${name}/`)).status).toBe(204)
    expect((await api.call('GET', `${BASE}/${name}`)).status).toBe(404)
  })

  test('has a path whose other methods are refused by name', async () => {
    api = await startApi()
    const { status, headers } = await api.call('PATCH', `${BASE}/${name}`)
    const allowed = String(headers['allow']).split(', ').toSorted()
    expect([status, allowed]).toEqual([405, ['DELETE', 'GET', 'HEAD', 'POST', 'PUT']])
  })
})

describe('POST parse', () => {
  const parse = (text: unknown) => api.call('POST', `${BASE}/parse`, { body: { text } })

  test('gives the profiles of the text, with what they inherit and all that was sent', async () => {
    api = await startApi()
    const text = [
      '[DEFAULT]',
      'tenancy = ocid1.tenancy.oc1..t',
      'region = eu-frankfurt-1',
      '[prod]',
      'user = ocid1.user.oc1..u',
      'fingerprint = 20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34',
      'key_file = ~/.oci/key.pem',
      'pass_phrase = CANARY',
      'regoin = typo',
    ].join('\n')
    const { status, json, headers } = await parse(text)
    expect([status, headers['cache-control']]).toEqual([200, 'no-store'])
    expect(parseAnswer.strict().parse(json)).toEqual(json)
    expect(json).toMatchObject({ kind: 'sections', key_content: null })
    expect(json.profiles.map((profile: any) => profile.auth_profile)).toEqual(['DEFAULT', 'prod'])
    expect(json.profiles[1]).toEqual({
      auth_profile: 'prod',
      user: 'ocid1.user.oc1..u',
      authentication: 'api_key',
      tenancy: 'ocid1.tenancy.oc1..t',
      region: 'eu-frankfurt-1',
      fingerprint: '20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34',
      key_content: null,
      key_file: '/home/me/.oci/key.pem',
      pass_phrase: 'CANARY',
      security_token_file: null,
      genai_compartment_id: null,
      genai_region: null,
      log_requests: false,
      additional_user_agent: '',
    })
    expect(Object.keys(json.profiles[1]).toSorted()).toEqual(
      ['auth_profile', ...EDITABLE_FIELDS].toSorted(),
    )
    expect(json.diagnostics).toMatchObject([{ code: 'UNKNOWN_KEY', line: 9 }])
    expect(JSON.stringify(api.logged)).not.toContain('CANARY')
    expect(api.registry.list()).toEqual([])
  })

  test('gives what POST takes', async () => {
    api = await startApi()
    const { json } = await parse('[prod]\nuser=u\nkey_content=k\n')
    expect((await api.call('POST', BASE, { body: json.profiles[0] })).status).toBe(201)
  })

  test.each(['RSA PRIVATE KEY', 'PRIVATE KEY', 'ENCRYPTED PRIVATE KEY'])(
    'knows a %s alone',
    async (label) => {
      api = await startApi()
      const pem = `-----BEGIN ${label}-----\nCANARY==\n-----END ${label}-----`
      const { json } = await parse(`\n ${pem}\n\n`)
      expect(json).toEqual({
        kind: 'private_key',
        profiles: [],
        key_content: `${pem}\n`,
        diagnostics: [],
      })
      expect(parseAnswer.strict().parse(json)).toEqual(json)
    },
  )

  test.each([
    ['nothing', '', []],
    ['lines without a section', 'user=u\nregion=r\n', ['TEXT_BEFORE_SECTION']],
    [
      'a public key',
      '-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----\n',
      ['TEXT_BEFORE_SECTION'],
    ],
  ])('finds no profiles in %s, and says why', async (_what, text, codes) => {
    api = await startApi()
    const { status, json } = await parse(text)
    expect([status, json.kind, json.profiles]).toEqual([200, 'sections', []])
    expect(json.diagnostics.map((finding: any) => finding.code)).toEqual(codes)
  })

  test('takes what follows a key for its label, unless it is a section', async () => {
    api = await startApi()
    const pem = '-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n'
    expect((await parse(`${pem}OCI_API_KEY`)).json.key_content).toBe(`${pem}OCI_API_KEY\n`)
    const { json } = await parse(`${pem}[a]\nuser=u\n`)
    expect([json.kind, json.profiles.length]).toEqual(['sections', 1])
  })

  test('refuses a text that says more than one answer can hold', async () => {
    api = await startApi()
    const inherited = `[DEFAULT]\nkey_content=${'k'.repeat(10_000)}\n`
    const sections = Array.from({ length: 1_000 }, (_, i) => `[p${i}]\nregion=r\n`).join('')
    const { status, json } = await parse(inherited + sections)
    expect([status, json.errors]).toEqual([
      422,
      [{ pointer: '/text', message: expect.stringContaining('fewer sections') }],
    ])
    expect((await parse(sections)).json.profiles).toHaveLength(1_000)
  })

  test('takes no environment into account', async () => {
    process.env['OCI_CLI_USER'] = 'ocid1.user.oc1..environment'
    try {
      api = await startApi()
      expect((await parse('[DEFAULT]\nregion=r\n')).json.profiles[0].user).toBeNull()
    } finally {
      delete process.env['OCI_CLI_USER']
    }
  })

  test.each([[undefined], [17], [null]])('refuses %j in place of text', async (text) => {
    api = await startApi()
    expect((await parse(text)).status).toBe(422)
  })
})

describe('readiness', () => {
  test.each([
    ['read', null, 'ready'],
    ['absent', null, 'ready'],
    ['faulty', 'STRAY_LINE', 'degraded'],
    ['missing', 'CONFIG_FILE_NOT_FOUND', 'degraded'],
    ['unreadable', 'CONFIG_FILE_UNREADABLE', 'degraded'],
  ] as const)('of a file that is %s says so, without its path', async (state, code, status) => {
    const message = code && `${READ.file} is not what it was`
    const view = { ...READ, state, code, message, line: code && 7, kept: code ? 2 : 0 }
    const reload = () => Promise.reject(new Error('not asked'))
    api = await startApi({ configFile: { view, reload } })
    const { json, text } = await api.call('GET', '/v1/health/ready', { withoutKey: true })
    expect([json.status, json.config_file]).toEqual([
      status,
      {
        state,
        since: READ.since,
        code,
        line: code && 7,
        message: code && expect.any(String),
        fix: code && expect.any(String),
        kept: code ? 2 : 0,
      },
    ])
    expect(text).not.toContain(READ.file)
  })
})
