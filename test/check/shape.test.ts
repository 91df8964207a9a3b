/** Offline rules on the shape of a profile: what certainly cannot work is told, with the way to mend it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectOffline } from '../../src/check/index.ts'
import {
  EDITABLE_FIELDS,
  type EditableField,
  type FieldOrigin,
  type OciProfileInput,
  type Provenance,
} from '../../src/schemas/index.ts'
import { testOcid } from '../fixtures/identities.ts'
import { makeMaterial, TENANCY, USER, type Material } from './material.ts'

const env = {}
let material: Material

beforeAll(async () => {
  material = await makeMaterial()
})
afterAll(() => material[Symbol.asyncDispose]())

const inspect = (changes: Partial<OciProfileInput>) =>
  inspectOffline(material.profile(changes), { env })

/** All fields from nowhere, but this one from line 7 of the profile's own section. */
function sectionLine7(written: EditableField): Provenance {
  const nowhere: FieldOrigin = { source: 'default', file: null, line: null }
  const section: FieldOrigin = { source: 'section', file: '/x/config', line: 7 }
  const entries = EDITABLE_FIELDS.map((field) => [field, field === written ? section : nowhere])
  return Object.fromEntries(entries) as Provenance
}

describe('a profile without fault', () => {
  test.each<[string, Partial<OciProfileInput>]>([
    ['an API key', {}],
    ['a short region code', { region: 'fra' }],
    ['a region that only the tenancy places', { region: 'xx-nowhere-7' }],
    ['an OCID with a region and a realm of its own', { user: 'ocid1.user.oc17.us-dcc-1.abc' }],
    ['an OCID of the older form', { tenancy: 'ocidv1:tenancy:oc1:phx:1460406592660:aaaaaaaab4' }],
    ['an API key that ignores the session token', { security_token_file: '/not/there' }],
    ['a principal, which needs no field', { authentication: 'instance_principal', region: null }],
    [
      'a principal, whatever its unused fields hold',
      { authentication: 'resource_principal', user: 'nobody', fingerprint: 'x', key_file: '/none' },
    ],
  ])('passes: %s', async (_what, changes) => {
    expect(await inspect(changes)).toEqual([])
  })

  test('passes: a fingerprint in upper case', async () => {
    expect(await inspect({ fingerprint: material.key.fingerprint.toUpperCase() })).toEqual([])
  })

  test('passes: a session token, which needs neither user nor fingerprint', async () => {
    expect(await inspectOffline(material.session(), { env })).toEqual([])
  })

  test('passes: a key in key_content', async () => {
    const changes = { key_file: null, key_content: material.key.privatePem }
    expect(await inspect(changes)).toEqual([])
  })
})

describe('AUTHENTICATION_UNKNOWN', () => {
  test.each([
    ['api-key', 'Write authentication = api_key;'],
    ['"security_token"', 'Write authentication = security_token;'],
    ['Instance_Principals', 'Write authentication = instance_principal;'],
    ['password', 'Set authentication to one of api_key,'],
  ])('%s is never taken for an API key', async (authentication, fix) => {
    const [finding] = await inspect({ authentication })
    expect(finding).toMatchObject({
      code: 'AUTHENTICATION_UNKNOWN',
      severity: 'error',
      field: 'authentication',
      line: null,
      message: `authentication is "${authentication}", which is none of the known types`,
      fix: expect.stringContaining(fix),
    })
  })

  test('hides no other fault where it is clear which type is meant', async () => {
    const codesOf = async (authentication: string) => {
      const findings = await inspect({ authentication, user: null, region: 'A.B' })
      return findings.map(({ code }) => code)
    }
    expect(await codesOf('apikey')).toEqual([
      'AUTHENTICATION_UNKNOWN',
      'FIELD_MISSING',
      'REGION_INVALID',
    ])
    expect(await codesOf('password')).toEqual(['AUTHENTICATION_UNKNOWN'])
  })

  test('quotes a long value in part, on one line', async () => {
    const [finding] = await inspect({ authentication: `a\tb${'x'.repeat(500)}` })
    expect(finding?.message).toMatch(/^authentication is "a bx{57}\.\.\.", which/)
  })
})

describe('FIELD_MISSING', () => {
  const everything = { user: null, tenancy: null, region: null, fingerprint: null, key_file: null }

  test('names every field that an API key needs, in order', async () => {
    const findings = await inspect(everything)
    expect(findings.map(({ code, field, message }) => [code, field, message])).toEqual([
      ['FIELD_MISSING', 'user', 'user is missing; api_key needs it'],
      ['FIELD_MISSING', 'tenancy', 'tenancy is missing; api_key needs it'],
      ['FIELD_MISSING', 'region', 'region is missing; api_key needs it'],
      ['FIELD_MISSING', 'fingerprint', 'fingerprint is missing; api_key needs it'],
      [
        'FIELD_MISSING',
        'key_file',
        'key_file and key_content are missing; api_key needs one of them',
      ],
    ])
  })

  test('names every field that a session needs, in order', async () => {
    const profile = material.session({ ...everything, security_token_file: null })
    const findings = await inspectOffline(profile, { env })
    expect(findings.map(({ field }) => field)).toEqual([
      'tenancy',
      'region',
      'key_file',
      'security_token_file',
    ])
    expect(findings.at(-1)?.fix).toBe('Run: oci session authenticate --profile-name DEV')
  })

  test.each<[string, OciProfileInput['origin'], string]>([
    ['a file', { kind: 'file', file: '/x/config' }, 'Add user to section [DEV] of /x/config. '],
    ['the API', { kind: 'api' }, 'Add user to profile DEV. '],
    ['the environment', { kind: 'environment' }, 'Set OCI_CLI_USER. Copy the OCID of the user'],
  ])('says where to add the field to a profile from %s', async (_what, origin, fix) => {
    const [finding] = await inspect({ user: null, origin })
    expect(finding?.fix).toContain(fix)
  })

  test.each<[EditableField, string, string]>([
    [
      'user',
      'user is empty on line 7; api_key needs it',
      'Write user on line 7 of /x/config. Copy',
    ],
    ['tenancy', 'tenancy is empty on line 7; api_key needs it', 'Write tenancy on line 7 of'],
    ['region', 'region is empty on line 7; api_key needs it', 'Write region on line 7 of'],
    [
      'fingerprint',
      'fingerprint is empty on line 7; api_key needs it',
      "Write fingerprint = <own> on line 7 of /x/config: that of the profile's key.",
    ],
    [
      'key_file',
      'key_file is empty on line 7 and key_content is missing; api_key needs one of them',
      'Write key_file on line 7 of /x/config: the path',
    ],
  ])('%s that stands there empty is to be written on its line', async (field, message, fix) => {
    const profile = material.profile({ [field]: null, origin: { kind: 'file', file: '/x/config' } })
    const [finding] = await inspectOffline(profile, { env, provenance: sectionLine7(field) })
    expect(finding?.message).toBe(message)
    expect(finding?.fix).toContain(fix.replace('<own>', material.key.fingerprint))
  })

  test('a pass phrase that stands there empty, too', async () => {
    const profile = material.profile({ key_file: material.path('encrypted.pem') })
    const [finding] = await inspectOffline(profile, {
      env,
      provenance: sectionLine7('pass_phrase'),
    })
    expect(finding?.fix).toBe('Write pass_phrase on line 7 of /home/ada/.oci/config.')
  })

  test('gives the fingerprint of the key that is there', async () => {
    const [finding] = await inspect({ fingerprint: null })
    expect(finding?.fix).toContain(`Add fingerprint = ${material.key.fingerprint} to section [DEV]`)
  })
})

describe('OCID_INVALID', () => {
  test.each<[string, string, string]>([
    [
      testOcid('compartment', 'a'),
      "user holds a compartment's OCID, not a user's",
      'Copy the OCID',
    ],
    [testOcid('instance', 'a'), "user holds an instance's OCID, not a user's", 'Copy the OCID'],
    ['ada@example.com', 'user holds an e-mail address, not an OCID', 'Copy the OCID of the user'],
    [
      `${USER} ${USER}`,
      'user holds 2 OCIDs, one after the other',
      'Keep one of them in user: copy the',
    ],
    [
      `${USER}${USER}`,
      'user holds 2 OCIDs, one after the other',
      'Keep one of them in user: copy the',
    ],
    [`=${USER}`, 'user has more before the OCID', 'Copy the OCID of the user'],
    [`user=${USER}`, 'user has more before the OCID', 'Copy the OCID of the user'],
    ['ada', 'user is not an OCID: it does not start with ocid1', 'Copy the OCID of the user'],
    ['ocid1.user.oc1', 'user is not a whole OCID: it has 3 parts instead of 5', 'Copy the OCID'],
    [
      'ocid1.user.oc1.abc',
      'user is not a whole OCID: it has 4 parts instead of 5',
      'Copy the OCID',
    ],
    ['ocid1.user.oc1..', 'user is not a whole OCID: its last part is missing', 'Copy the OCID'],
    ['ocid1.user.oc1..ä', 'user is not an OCID: it holds characters other than', 'Copy the OCID'],
    [
      `"${USER}"`,
      'user is in quotes, which the config file keeps as part of the value',
      'Remove the quotes around user.',
    ],
    [
      `${USER} # mine`,
      'user has a comment behind it, which the config file keeps as part of the value',
      'Put the comment of user on a line of its own, with # in front.',
    ],
    [
      'ocid1.user.oc1..<unique>',
      'user is still a placeholder in angle brackets',
      'Put the real value of user in place of the angle brackets.',
    ],
    [`${USER}\nregion`, 'user goes on over several lines', 'Write user on one line;'],
    [`${USER.slice(0, 30)} ${USER.slice(30)}`, 'user has white space in it', 'Remove the white'],
    [`${USER}\u200b`, 'user holds an invisible character', 'Type user anew'],
  ])('%j in user', async (user, message, fix) => {
    const findings = await inspect({ user })
    expect(findings).toEqual([
      {
        code: 'OCID_INVALID',
        severity: 'error',
        field: 'user',
        line: null,
        message: expect.stringContaining(message),
        fix: expect.stringContaining(fix),
      },
    ])
  })

  test('does not blame the config file for the quotes of a profile from the API', async () => {
    const [finding] = await inspect({ user: `'${USER}'`, origin: { kind: 'api' } })
    expect(finding?.message).toBe('user is in quotes')
  })

  test('sees that user and tenancy are exchanged', async () => {
    const findings = await inspect({ user: TENANCY, tenancy: USER })
    expect(findings.map(({ field, message, fix }) => [field, message, fix])).toEqual([
      [
        'user',
        "user holds a tenancy's OCID, not a user's",
        'Exchange the values of user and tenancy.',
      ],
      [
        'tenancy',
        "tenancy holds a user's OCID, not a tenancy's",
        'Exchange the values of user and tenancy.',
      ],
    ])
  })

  test('is quick about a value of a megabyte', async () => {
    const started = performance.now()
    for (const text of ['<', ' ', '.', 'ocid1.', '"']) await inspect({ user: text.repeat(200_000) })
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('FINGERPRINT_INVALID', () => {
  const pairs = (count: number) => Array.from({ length: count }, () => 'ab').join(':')

  test.each<[string, string]>([
    ['SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8', 'is a SHA-256 fingerprint; OCI names'],
    [pairs(20), 'is a SHA-1 fingerprint, 20 pairs; OCI names'],
    [pairs(32), 'is a SHA-256 fingerprint, 32 pairs; OCI names'],
    [pairs(15), 'has 15 pairs of hex digits instead of 16'],
    [pairs(15) + ':6g', 'is wrong in pair 16 of 16: that is not two hex digits'],
    ['ab'.repeat(16), 'has no colons between its 16 pairs of hex digits'],
    [`MD5:${pairs(16)}`, 'holds more than the fingerprint'],
    [`"${pairs(16)}"`, 'is in quotes, which the config file keeps as part of the value'],
    ['my fingerprint', 'has white space in it'],
    ['none', 'is not made of 16 pairs of hex digits with colons'],
  ])('%s', async (fingerprint, message) => {
    const [finding, ...more] = await inspect({ fingerprint })
    expect(more).toEqual([])
    expect(finding).toMatchObject({ code: 'FINGERPRINT_INVALID', field: 'fingerprint' })
    expect(finding?.message).toContain(`fingerprint ${message}`)
    const own = `Write fingerprint = ${material.key.fingerprint}, which is that of the profile's key.`
    const other = `Write fingerprint = ${pairs(16)}, and name the key that it belongs to: that of the profile's key is ${material.key.fingerprint}.`
    const digits = fingerprint.replace(/^MD5/, '').replaceAll(/[^0-9a-f]/gi, '')
    expect(finding?.fix).toBe(digits === 'ab'.repeat(16) ? other : own)
  })

  test('that is the one of the key, written in another way, is only to be rewritten', async () => {
    const fingerprint = material.key.fingerprint.replaceAll(':', '').toUpperCase()
    const [finding] = await inspect({ fingerprint })
    expect(finding?.fix).toBe(
      `Write fingerprint = ${material.key.fingerprint}, which is that of the profile's key.`,
    )
  })

  test.each([
    ['ab'.repeat(16), `Write fingerprint = ${pairs(16)}.`],
    [`MD5:${pairs(16)}`, `Write fingerprint = ${pairs(16)}.`],
    [pairs(15), 'Write the fingerprint as 16 pairs of hex digits with colons'],
  ])('%s is mended without the key, too', async (fingerprint, fix) => {
    const [finding] = await inspect({ fingerprint, key_file: material.path('ec.pem') })
    expect(finding?.fix).toContain(fix)
  })

  test('never shows a value that is no fingerprint', async () => {
    const findings = await inspect({ fingerprint: 'canary-in-the-wrong-field' })
    expect(JSON.stringify(findings)).not.toContain('canary')
  })
})

describe('REGION_INVALID', () => {
  test.each<[string, string, string]>([
    [
      'EU-Frankfurt-1',
      'region is not in lower case: "EU-Frankfurt-1"',
      'Write region = eu-frankfurt-1.',
    ],
    [
      '"fra"',
      'region is in quotes, which the config file keeps',
      'Remove the quotes around region.',
    ],
    ['fra # home', 'region has a comment behind it', 'Put the comment of region on a line'],
    [
      'Germany Central',
      'region has white space in it: "Germany Central"',
      'Write a region identifier',
    ],
    ['Frankfurt', 'region is not in lower case: "Frankfurt"', 'Write region = eu-frankfurt-1.'],
    ['FRA', 'region is not in lower case: "FRA"', 'Write region = eu-frankfurt-1.'],
    ['AD-1', 'region is an availability domain', 'Write a region identifier'],
    ['Uocm:PHX-AD-1', 'region holds other characters', 'Write region = us-phoenix-1.'],
    ['EU-FRANKFURT-1-AD-2', 'region is not in lower case', 'Write region = eu-frankfurt-1.'],
    ['iad.ocir.io', 'region holds other characters', 'Write region = us-ashburn-1.'],
    ['$OCI_REGION', 'region is a variable', 'Write the region itself as region.'],
    ['US East (Ashburn)', 'region has white space in it', 'Write region = us-ashburn-1.'],
    ['Brazil East (Sao Paulo)', 'region has white space in it', 'Write region = sa-saopaulo-1.'],
    [
      'eu-frankfurt-1, us-ashburn-1',
      'region has white space in it',
      'Write region = eu-frankfurt-1; it holds one region only, not us-ashburn-1 too.',
    ],
    ['us_ashburn_1', 'region holds other characters', 'Write region = us-ashburn-1.'],
    ['us-ashburn-1,', 'region holds other characters', 'Write region = us-ashburn-1.'],
    ['us_ashbrun_1', 'region holds other characters', 'Write region = us-ashburn-1.'],
    [
      'https://objectstorage.us-ashburn-1.oraclecloud.com',
      'region holds other characters',
      'Write region = us-ashburn-1.',
    ],
    ['evil.example', 'region holds other characters than lower-case letters', 'Write a region'],
    ['a@b/c', 'region holds other characters than lower-case letters', 'Write a region'],
  ])('%s', async (region, message, fix) => {
    const findings = await inspect({ region })
    expect(findings).toEqual([
      {
        code: 'REGION_INVALID',
        severity: 'error',
        field: 'region',
        line: null,
        message: expect.stringContaining(message),
        fix: expect.stringContaining(fix),
      },
    ])
  })

  test('holds for principals, too', async () => {
    const findings = await inspect({ authentication: 'instance_principal', region: 'a.b' })
    expect(findings.map(({ code }) => code)).toEqual(['REGION_INVALID'])
  })
})

describe('REALM_UNKNOWN', () => {
  test('is told for a region and a tenancy that nobody knows', async () => {
    const tenancy = 'ocid1.tenancy.oc987..aaaaaaaab4'
    const findings = await inspect({ region: 'xx-nowhere-7', tenancy })
    expect(findings).toMatchObject([{ code: 'REALM_UNKNOWN', field: 'region', severity: 'error' }])
    expect(findings[0]?.message).toContain('xx-nowhere-7')
  })

  test('does not matter where the environment sets the address', async () => {
    const profile = material.profile({ region: 'xx-nowhere-7', tenancy: 'ocid1.tenancy.oc987..aa' })
    const moved = { OCI_PROFILES_ENDPOINT_URL: 'http://127.0.0.1:9' }
    expect(await inspectOffline(profile, { env: moved })).toEqual([])
  })
})

test('every fault is told at once, in the order of the fields', async () => {
  const findings = await inspect({
    user: 'ada',
    tenancy: null,
    region: 'A.B',
    fingerprint: 'x',
    key_file: '/not/there.pem',
  })
  expect(findings.map(({ code, field }) => [code, field])).toEqual([
    ['OCID_INVALID', 'user'],
    ['FIELD_MISSING', 'tenancy'],
    ['REGION_INVALID', 'region'],
    ['FINGERPRINT_INVALID', 'fingerprint'],
    ['KEY_FILE_NOT_FOUND', 'key_file'],
  ])
})
