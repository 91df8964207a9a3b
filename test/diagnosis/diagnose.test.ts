/** The diagnosis: where each value came from, every fault and every doubt at once, and nothing secret. */
import { chmod, writeFile } from 'node:fs/promises'
import { isAbsolute, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { parseOciConfigFile } from '../../src/config/index.ts'
import { diagnose, type DiagnoseDeps } from '../../src/diagnosis/index.ts'
import {
  createProfile,
  EDITABLE_FIELDS,
  type EditableField,
  type FieldOrigin,
  type Finding,
  type LoadedProfile,
  type OciProfileInput,
  type Provenance,
} from '../../src/schemas/index.ts'
import {
  makeMaterial,
  makeToken,
  PASS_PHRASE,
  REGION,
  TENANCY,
  USER,
  type Material,
} from '../check/material.ts'
import { addTestIdentity, testOcid } from '../fixtures/identities.ts'

let material: Material

beforeAll(async () => {
  material = await makeMaterial()
})
afterAll(() => material[Symbol.asyncDispose]())

/** A profile whose fields stand in a file, one per line, from line 11 on. */
function load(changes: Partial<OciProfileInput> = {}, findings: Finding[] = []): LoadedProfile {
  const provenance = Object.fromEntries(
    EDITABLE_FIELDS.map((field, index) => [
      field,
      { source: 'section', file: '/home/ada/.oci/config', line: 11 + index },
    ]),
  ) as Provenance
  return { profile: material.profile(changes), provenance, findings }
}

const lineOf = (field: (typeof EDITABLE_FIELDS)[number]) => 11 + EDITABLE_FIELDS.indexOf(field)

async function findingsOf(loaded: LoadedProfile, deps: DiagnoseDeps = {}) {
  return (await diagnose(loaded, { env: {}, ...deps })).findings
}

describe('fields', () => {
  test('show value and source, the five sensitive ones masked', async () => {
    const loaded = load({
      key_content: 'canary-key',
      pass_phrase: 'canary-phrase',
      security_token_file: '/canary/token',
    })
    const { fields, auth_profile, origin, useable, check } = await diagnose(loaded, { env: {} })
    expect({ auth_profile, origin, useable, check }).toEqual({
      auth_profile: 'DEV',
      origin: { kind: 'file', file: '/home/ada/.oci/config', line: 1 },
      useable: false,
      check: null,
    })
    expect(Object.keys(fields)).toEqual([...EDITABLE_FIELDS])
    expect(fields.user).toEqual({
      value: USER,
      source: 'section',
      file: '/home/ada/.oci/config',
      line: lineOf('user'),
    })
    const values = Object.entries(fields).map(([field, { value }]) => [field, value])
    expect(Object.fromEntries(values)).toEqual({
      user: USER,
      authentication: 'api_key',
      tenancy: TENANCY,
      region: REGION,
      fingerprint: '********',
      key_content: '********',
      key_file: '********',
      pass_phrase: '********',
      security_token_file: '********',
      genai_compartment_id: null,
      genai_region: null,
      log_requests: false,
      additional_user_agent: '',
    })
    expect(JSON.stringify(fields)).not.toContain('canary')
  })

  test('show null, and no mask, where a sensitive field is not set', async () => {
    const { fields } = await diagnose(load({ key_file: null }), { env: {} })
    expect(fields.key_file.value).toBeNull()
    expect(fields.pass_phrase.value).toBeNull()
  })

  test('name the file, the line and the variable that a value was read from', async () => {
    const configFile = material.path('config')
    const text = `[DEFAULT]\nregion=${REGION}\n[DEV]\nuser=${USER}\n`
    await writeFile(configFile, text)
    const env = { OCI_CLI_TENANCY: TENANCY }
    const { loaded } = await parseOciConfigFile({ configFile, env })
    const dev = await diagnose(
      loaded.find(({ profile }) => profile.auth_profile === 'DEV')!,
      { env },
    )
    expect(dev.fields).toMatchObject({
      user: { value: USER, source: 'section', file: configFile, line: 4 },
      region: { value: REGION, source: 'DEFAULT', file: configFile, line: 2 },
      authentication: { value: 'api_key', source: 'default', file: null, line: null },
    })
    const byDefault = await diagnose(loaded[0]!, { env })
    expect(byDefault.fields.tenancy).toMatchObject({
      value: TENANCY,
      source: 'environment',
      variable: 'OCI_CLI_TENANCY',
    })
  })
})

describe('findings', () => {
  test('there are none for a profile without fault and doubt', async () => {
    expect(await findingsOf(load())).toEqual([])
  })

  test('hold every fault at once, each with the line of its field', async () => {
    const findings = await findingsOf(
      load({ user: 'ada', tenancy: null, region: 'A.B', fingerprint: 'x', key_file: '/none' }),
    )
    expect(findings.map(({ code, severity, line }) => [code, severity, line])).toEqual([
      ['OCID_INVALID', 'error', lineOf('user')],
      ['FIELD_MISSING', 'error', lineOf('tenancy')],
      ['REGION_INVALID', 'error', lineOf('region')],
      ['FINGERPRINT_INVALID', 'error', lineOf('fingerprint')],
      ['KEY_FILE_NOT_FOUND', 'error', lineOf('key_file')],
    ])
  })

  test('hold what the reading found, as it was found, and the worst comes first', async () => {
    const reading: Finding = {
      code: 'UNKNOWN_KEY',
      severity: 'warning',
      field: null,
      line: 7,
      message: 'the key usr is unknown',
      fix: 'Write user.',
    }
    const hint: Finding = { ...reading, code: 'MIXED_IDENTITY', severity: 'info' }
    const findings = await findingsOf(load({ user: null }, [hint, reading]))
    expect(findings.map(({ code }) => code)).toEqual([
      'FIELD_MISSING',
      'UNKNOWN_KEY',
      'MIXED_IDENTITY',
    ])
    expect(findings[1]).toEqual(reading)
  })

  test('are told once each', async () => {
    const [fault] = await findingsOf(load({ user: null }))
    expect(await findingsOf(load({ user: null }, [fault!]))).toEqual([fault])
  })

  test('have no line where the field came from elsewhere', async () => {
    const loaded = load({ user: null })
    loaded.provenance.user = { source: 'api', file: null, line: null }
    expect(await findingsOf(loaded)).toMatchObject([{ code: 'FIELD_MISSING', line: null }])
  })
})

describe('the last check', () => {
  const failed = {
    status: 'failed',
    opc_request_id: 'r',
    checked_at: '2026-01-01T00:00:00.000Z',
    duration_ms: 5,
  } as const

  test('is a finding when only a call to OCI could show it', async () => {
    const words = { code: 'NOT_AUTHORIZED', message: 'answered 404', fix: 'Ask.' }
    const loaded = load({ check: { ...failed, ...words } })
    expect(await findingsOf(loaded)).toEqual([
      { ...words, severity: 'error', field: null, line: null },
    ])
  })

  test('is no finding when its fault has been mended since', async () => {
    const words = { code: 'KEY_FILE_NOT_FOUND', message: 'not there', fix: 'Put it.' }
    const loaded = load({ check: { ...failed, ...words } })
    expect(await findingsOf(loaded)).toEqual([])
    expect((await diagnose(loaded, { env: {} })).check).toMatchObject(words)
  })

  test('is made now when the caller asks for it, and the profile stays as it is', async () => {
    await using emulator = await startEmulator()
    await addTestIdentity(emulator, 'ada', { user: USER })
    const env = { OCI_PROFILES_ENDPOINT_URL: emulator.url }
    const loaded = load()

    const good = await diagnose(loaded, { env, probe: true })
    expect(good).toMatchObject({ useable: true, check: { status: 'ok' }, findings: [] })
    emulator.setFault('ada', { kind: 'status', status: 429 })
    const bad = await diagnose(loaded, { env, probe: true })
    expect(bad).toMatchObject({
      useable: false,
      check: { status: 'failed' },
      findings: [{ code: 'RATE_LIMITED', severity: 'error', field: null }],
    })
    expect(loaded.profile).toMatchObject({ useable: false, check: null })
    await diagnose(loaded, { env })
    expect(emulator.requests).toHaveLength(2)
  })
})

describe('KEY_FILE_PERMISSIONS', () => {
  async function withMode(mode: number, deps: DiagnoseDeps = {}, name = 'mode key.pem') {
    const key_file = material.path(name)
    await writeFile(key_file, material.key.privatePem)
    await chmod(key_file, mode)
    return findingsOf(load({ key_file }), deps)
  }

  test.each([0o644, 0o640, 0o620, 0o601])('warns of mode %o', async (mode) => {
    const path = material.path('mode key.pem')
    expect(await withMode(mode)).toEqual([
      {
        code: 'KEY_FILE_PERMISSIONS',
        severity: 'warning',
        field: 'key_file',
        line: lineOf('key_file'),
        message: `the key file ${path} has mode 0${mode.toString(8)}: others than its owner have rights on it`,
        fix: `Run: chmod 600 '${path}'`,
      },
    ])
  })

  test('warns of a key that is executable', async () => {
    const [finding] = await withMode(0o700)
    expect(finding?.message).toMatch(/ has mode 0700: it is executable$/)
  })

  test.each([0o600, 0o400])('is content with mode %o', async (mode) => {
    expect(await withMode(mode)).toEqual([])
  })

  test.each([
    ['a folder', 'folder', 'KEY_FILE_UNREADABLE'],
    ['a device', '/dev/zero', 'KEY_FILE_UNREADABLE'],
    ['the public half of a key', 'key_public.pem', 'KEY_IS_PUBLIC'],
  ])('says nothing of %s, which is a fault of its own', async (_, name, code) => {
    const key_file = isAbsolute(name) ? name : material.path(name)
    if (!isAbsolute(name)) await chmod(key_file, 0o755)
    const codes = (await findingsOf(load({ key_file }))).map((finding) => finding.code)
    expect(codes).toContain(code)
    expect(codes).not.toContain('KEY_FILE_PERMISSIONS')
  })

  test('is silent with the switch of the OCI CLI, and with its exact value only', async () => {
    const suppress = (value: string) => ({
      env: { OCI_CLI_SUPPRESS_FILE_PERMISSIONS_WARNING: value },
    })
    expect(await withMode(0o644, suppress('True'))).toEqual([])
    expect(await withMode(0o644, suppress('true'))).toHaveLength(1)
  })

  test('is silent on Windows, which knows no such rights', async () => {
    expect(await withMode(0o644, { platform: 'win32' })).toEqual([])
  })
})

describe('other doubts', () => {
  test('KEY_FILE_RELATIVE gives the whole path', async () => {
    const key_file = relative(process.cwd(), material.path('key.pem'))
    expect(await findingsOf(load({ key_file }))).toMatchObject([
      {
        code: 'KEY_FILE_RELATIVE',
        severity: 'warning',
        field: 'key_file',
        line: lineOf('key_file'),
        message: `key_file is the relative path ${key_file}, so it depends on the working directory`,
        fix: `Write key_file = ${material.path('key.pem')}`,
      },
    ])
  })

  test('REGION_UNKNOWN for a region that only the tenancy places', async () => {
    expect(await findingsOf(load({ region: 'eu-frankfrut-1' }))).toMatchObject([
      {
        code: 'REGION_UNKNOWN',
        severity: 'warning',
        line: lineOf('region'),
        message:
          'region eu-frankfrut-1 is not a region that the SDK knows: did you mean eu-frankfurt-1?',
        fix: 'Write region = eu-frankfurt-1. If it is a new region, add it to ~/.oci/regions-config.json.',
      },
    ])
  })

  test('a region that leads nowhere is a fault, and no doubt besides', async () => {
    const tenancy = 'ocid1.tenancy.oc987..aa'
    const findings = await findingsOf(load({ region: 'xx-nowhere-7', tenancy }))
    expect(findings.map(({ code }) => code)).toEqual(['REALM_UNKNOWN'])
  })

  test('a fingerprint in upper case works here, and not with other tools', async () => {
    const fingerprint = material.key.fingerprint.toUpperCase()
    expect(await findingsOf(load({ fingerprint }))).toMatchObject([
      {
        code: 'FINGERPRINT_INVALID',
        severity: 'warning',
        fix: `Write fingerprint = ${material.key.fingerprint}`,
      },
    ])
  })

  test.each<[string, Partial<OciProfileInput>, string]>([
    ['REGION_INVALID', { genai_region: 'Chicago' }, 'genai_region is not in lower case: "Chicago"'],
    [
      'REGION_UNKNOWN',
      { genai_region: 'xx-nowhere-7' },
      'genai_region xx-nowhere-7 is not a region',
    ],
    ['OCID_INVALID', { genai_compartment_id: 'mine' }, 'genai_compartment_id is not an OCID'],
    ['OCID_INVALID', { genai_compartment_id: USER }, 'holds the OCID of something else: user'],
  ])('%s warns of the GenAI fields: %j', async (code, changes, message) => {
    const findings = await findingsOf(load(changes))
    expect(findings).toMatchObject([{ code, severity: 'warning' }])
    expect(findings[0]?.message).toContain(message)
  })

  test.each([
    ['Frankfurt', 'Write genai_region = eu-frankfurt-1.'],
    ['US Midwest (Chicago)', 'Write genai_region = us-chicago-1.'],
  ])('names the region that genai_region %s means', async (genai_region, fix) => {
    const [finding] = await findingsOf(load({ genai_region }))
    expect(finding).toMatchObject({ code: 'REGION_INVALID', fix })
  })

  test.each(['compartment', 'tenancy'])('takes the OCID of a %s for GenAI', async (type) => {
    expect(await findingsOf(load({ genai_compartment_id: testOcid(type, 'a') }))).toEqual([])
  })
})

describe('a relative path', () => {
  test('of a file that is not there is only told to be lost', async () => {
    const findings = await findingsOf(load({ key_file: 'lost/key.pem' }))
    expect(findings.map(({ code }) => code)).toEqual(['KEY_FILE_NOT_FOUND'])
  })
})

describe('TOKEN_EXPIRES_SOON', () => {
  const now = 1_800_000_000_000
  const expiringIn = async (seconds: number) => {
    const security_token_file = material.path('expiring.token')
    await writeFile(security_token_file, makeToken({ exp: now / 1000 + seconds }))
    const session = { authentication: 'security_token', security_token_file }
    return findingsOf(load(session), { now: () => now })
  }

  test('warns ten minutes before, with the time and the command', async () => {
    expect(await expiringIn(250)).toEqual([
      {
        code: 'TOKEN_EXPIRES_SOON',
        severity: 'warning',
        field: 'security_token_file',
        line: lineOf('security_token_file'),
        message: `the token in ${material.path('expiring.token')} expires in 4 min 10 s, at 2027-01-15T08:04:10Z`,
        fix: 'Run: oci session refresh --profile DEV',
      },
    ])
  })

  test('does not warn earlier', async () => {
    expect(await expiringIn(600)).toEqual([])
  })

  test('gives way to the fault once the token has expired', async () => {
    const findings = await expiringIn(-1)
    expect(findings.map(({ code }) => code)).toEqual(['TOKEN_EXPIRED'])
  })
})

describe('FINGERPRINT_MISMATCH', () => {
  const other = (changes: Partial<OciProfileInput>): LoadedProfile => ({
    ...load(),
    profile: createProfile({ auth_profile: 'PROD', ...changes }),
  })

  test('names the profile whose key has that fingerprint', async () => {
    const { fingerprint } = material.other
    const prod = other({ fingerprint, key_file: material.path('other.pem') })
    const [finding, ...more] = await findingsOf(load({ fingerprint }), { others: [load(), prod] })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ code: 'FINGERPRINT_MISMATCH', line: lineOf('fingerprint') })
    expect(finding?.message).toMatch(/: this is the fingerprint of the key of \[PROD\]$/)
    expect(finding?.fix).toContain(`The key of [PROD] is ${material.path('other.pem')}.`)
  })

  test('finds it also where that profile states another fingerprint, or holds its key inline', async () => {
    const { fingerprint, privatePem } = material.other
    const prod = other({ fingerprint: 'wrong', key_content: privatePem })
    const [finding] = await findingsOf(load({ fingerprint }), { others: [prod] })
    expect(finding?.message).toContain('of the key of [PROD]')
  })

  test.each<[string, Partial<OciProfileInput>]>([
    ['states the fingerprint and has no key', { key_file: null }],
    ['states the fingerprint and has a key that does not load', { key_file: '/none' }],
  ])('names nobody where the other profile %s', async (_what, changes) => {
    const { fingerprint } = material.other
    const others = [other({ fingerprint, ...changes })]
    const [finding] = await findingsOf(load({ fingerprint }), { others })
    expect(finding?.message).not.toContain('PROD')
  })
})

describe('FINGERPRINT_MISMATCH without another profile', () => {
  test('names the key in the same folder that has the fingerprint', async () => {
    const { fingerprint } = material.other
    const [finding] = await findingsOf(load({ fingerprint }))
    const path = material.path('other.pem')
    expect(finding?.message).toMatch(new RegExp(`: this is the fingerprint of ${path}$`))
    expect(finding?.fix).toMatch(new RegExp(` That key is ${path}\\.$`))
  })

  test('names none that has another one', async () => {
    const fingerprint = Array(16).fill('ab').join(':')
    const [finding] = await findingsOf(load({ fingerprint }))
    expect(finding).toMatchObject({ code: 'FINGERPRINT_MISMATCH' })
    expect(finding?.message).not.toContain('this is the fingerprint')
  })
})

describe('a fault of what the section did not write', () => {
  function inherited(field: EditableField, changes: Partial<OciProfileInput>): LoadedProfile {
    const loaded = load(changes)
    loaded.provenance[field] = { source: 'DEFAULT', file: '/home/ada/.oci/config', line: 4 }
    return loaded
  }

  test.each<[EditableField, Partial<OciProfileInput>, string]>([
    ['user', { user: 'ada' }, '(user is from DEFAULT, line 4)'],
    ['key_file', { fingerprint: 'ab:'.repeat(15) + 'ab' }, '(key_file is from DEFAULT, line 4)'],
  ])('says that %s is inherited', async (field, changes, words) => {
    const [finding] = await findingsOf(inherited(field, changes))
    expect(finding?.message).toContain(` ${words}`)
  })

  test('says that a pass phrase is that of DEFAULT', async () => {
    const changes = { key_file: material.path('encrypted.pem'), pass_phrase: 'canary' }
    const [finding] = await findingsOf(inherited('pass_phrase', changes))
    expect(finding).toMatchObject({ code: 'PASS_PHRASE_WRONG' })
    expect(finding?.message).toMatch(/ \(pass_phrase is from DEFAULT, line 4\)$/)
  })

  test('names the variable of the environment', async () => {
    const loaded = load({ user: 'ada' })
    const origin = { source: 'environment', file: null, line: null, variable: 'OCI_CLI_USER' }
    loaded.provenance.user = origin as FieldOrigin
    const [finding] = await findingsOf(loaded)
    expect(finding?.message).toMatch(/ \(user is from OCI_CLI_USER\)$/)
  })

  test('says nothing of values of its own', async () => {
    const [finding] = await findingsOf(load({ user: 'ada' }))
    expect(finding?.message).not.toContain('is from')
  })
})

describe('a field whose key is misspelt', () => {
  /** Not even an empty one. */
  const withoutTenancy = (findings: Finding[]): LoadedProfile => {
    const loaded = load({ tenancy: null }, findings)
    loaded.provenance.tenancy = { source: 'default', file: null, line: null }
    return loaded
  }

  const misspelt = (field: string): Finding => ({
    code: 'UNKNOWN_KEY',
    severity: 'warning',
    field,
    line: 7,
    message: 'the key is unknown',
    fix: 'Write "tenancy" on line 7, or remove the line.',
  })

  test('is missing because of that, on that line', async () => {
    const [finding] = await findingsOf(withoutTenancy([misspelt('tenancy')]))
    expect(finding).toMatchObject({
      code: 'FIELD_MISSING',
      field: 'tenancy',
      line: 7,
      message: 'tenancy is missing; api_key needs it: its key on line 7 is misspelt',
      fix: 'Write "tenancy" on line 7, or remove the line.',
    })
  })

  test('is not that of another field', async () => {
    const [finding] = await findingsOf(withoutTenancy([misspelt('user')]))
    expect(finding?.message).toBe('tenancy is missing; api_key needs it')
  })
})

describe('NOT_AUTHENTICATED', () => {
  const OTHER_TENANCY = testOcid('tenancy', 'other')
  const check = {
    status: 'failed',
    code: 'NOT_AUTHENTICATED',
    message: 'answered 401',
    fix: 'Compare.',
    opc_request_id: null,
    checked_at: '2026-01-01T00:00:00.000Z',
    duration_ms: 5,
  } as const

  const other = (changes: Partial<OciProfileInput>): LoadedProfile => ({
    ...load(),
    profile: { ...material.profile(changes), auth_profile: 'PROD' },
  })

  test('of a mixed identity names what the section did not write', async () => {
    const mixed: Finding = {
      code: 'MIXED_IDENTITY',
      severity: 'warning',
      field: null,
      line: 1,
      message: 'put together',
      fix: 'Write user into section "DEV".',
    }
    const loaded = load({ check }, [mixed])
    loaded.provenance.user = { source: 'DEFAULT', file: '/home/ada/.oci/config', line: 4 }
    const [finding] = await findingsOf(loaded)
    expect(finding).toMatchObject({
      message: 'answered 401 (user is from DEFAULT, line 4)',
      fix: 'Write user into section "DEV". If it is meant so: Compare.',
    })
  })

  const fromDefault = { source: 'DEFAULT', file: '/home/ada/.oci/config', line: 3 } as const

  test('tells a tenancy that is inherited, though that alone is no mixture', async () => {
    const loaded = load({ check })
    loaded.provenance.tenancy = fromDefault
    const [finding] = await findingsOf(loaded)
    expect(finding).toMatchObject({
      message: 'answered 401 (tenancy is from DEFAULT, line 3)',
      fix: 'Write tenancy into section [DEV] if its user is of another one than DEFAULT says. If it is meant so: Compare.',
    })
  })

  test('tells nothing of DEFAULT where all is from there', async () => {
    const loaded = load({ check })
    for (const field of ['user', 'tenancy', 'fingerprint', 'key_file'] as const) {
      loaded.provenance[field] = fromDefault
    }
    const [finding] = await findingsOf(loaded)
    expect(finding).toMatchObject({ message: 'answered 401', fix: 'Compare.' })
  })

  test('names the profile that works with the same key, and its user', async () => {
    const user = testOcid('user', 'bob')
    const prod = other({ user, useable: true })
    const findings = await findingsOf(load({ check }), { others: [prod] })
    expect(findings).toEqual([
      {
        code: 'NOT_AUTHENTICATED',
        severity: 'error',
        field: 'user',
        line: lineOf('user'),
        message: `answered 401; the same key works in [PROD], with user = ${user}`,
        fix: `Write user = ${user} if the key is that user's; else upload it for this user too, or name another key.`,
      },
    ])
  })

  test.each<[string, Partial<FieldOrigin>, string, number | null]>([
    ['own line', {}, `Write tenancy = ${OTHER_TENANCY}`, lineOf('tenancy')],
    ['own section', fromDefault, `Write tenancy = ${OTHER_TENANCY} into section [DEV]`, 1],
    [
      'variable',
      { source: 'environment', line: null, variable: 'OCI_CLI_TENANCY' },
      `Set OCI_CLI_TENANCY to ${OTHER_TENANCY}`,
      null,
    ],
  ])('of a wrong tenancy is mended on its %s', async (_, origin, change, line) => {
    const loaded = load({ check })
    Object.assign(loaded.provenance.tenancy, origin)
    const prod = other({ tenancy: OTHER_TENANCY, useable: true })
    const [finding] = await findingsOf(loaded, { others: [prod] })
    expect(finding).toMatchObject({ field: 'tenancy', line })
    expect(finding?.fix).toBe(`${change}: it is the same user, who is of that tenancy.`)
  })

  test.each<[string, Partial<OciProfileInput>]>([
    ['does not work either', { user: testOcid('user', 'bob') }],
    ['is the same', { useable: true }],
    ['has another key', { useable: true, user: 'x', fingerprint: 'x' }],
    ['signs with a session', { useable: true, user: null, authentication: 'security_token' }],
  ])('names nobody where the other profile %s', async (_, changes) => {
    const [finding] = await findingsOf(load({ check }), { others: [other(changes)] })
    expect(finding).toMatchObject({ message: 'answered 401', fix: 'Compare.' })
  })
})

test('no secret is in a diagnosis', async () => {
  const loaded = load({
    key_file: material.path('encrypted.pem'),
    pass_phrase: 'canary-wrong-phrase',
    fingerprint: 'canary-fingerprint',
    key_content: material.key.privatePem,
    authentication: 'security_token',
    security_token_file: material.path('text.token'),
  })
  const text = JSON.stringify(await diagnose(loaded, { env: {}, others: [load()] }))
  expect(text).toContain('PASS_PHRASE_WRONG')
  expect(text).toContain('TOKEN_INVALID')
  const keyLine = material.key.privatePem.split('\n')[3]!
  for (const secret of ['canary', PASS_PHRASE, keyLine]) expect(text).not.toContain(secret)
})
