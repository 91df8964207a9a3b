import { describe, expect, test } from 'vitest'
import { codesOf, findingOf, loadedOf, sourceOf, useConfigFolder } from './config-file.ts'

const folder = useConfigFolder()

const API_KEY = '[DEFAULT]\nuser=u\nfingerprint=f\nkey_file=/k\ntenancy=t\nregion=r\n[P]\n'

const WHOLE_IDENTITY = {
  OCI_CLI_USER: 'eu',
  OCI_CLI_TENANCY: 'et',
  OCI_CLI_FINGERPRINT: 'ef',
  OCI_CLI_KEY_CONTENT: 'hunter2',
}

describe('the environment overrides in DEFAULT', () => {
  const VARIABLES = [
    ['OCI_CLI_USER', 'user'],
    ['OCI_CLI_TENANCY', 'tenancy'],
    ['OCI_CLI_REGION', 'region'],
    ['OCI_CLI_FINGERPRINT', 'fingerprint'],
    ['OCI_CLI_KEY_FILE', 'key_file'],
    ['OCI_CLI_KEY_CONTENT', 'key_content'],
    ['OCI_CLI_PASSPHRASE', 'pass_phrase'],
    ['OCI_CLI_SECURITY_TOKEN_FILE', 'security_token_file'],
    ['OCI_CLI_AUTH', 'authentication'],
  ] as const

  test.each(VARIABLES)('by %s the field %s, and in no other profile', async (variable, field) => {
    const parsed = await folder.parse(API_KEY, { [variable]: 'from-env' })
    const [defaults, other] = [loadedOf(parsed, 'DEFAULT'), loadedOf(parsed, 'P')]
    const shown = defaults.profile[field]
    expect(shown !== null && typeof shown === 'object' ? shown.reveal() : shown).toBe('from-env')
    expect(sourceOf(defaults, field)).toBe(`environment:${variable}`)
    expect(other).toEqual(loadedOf(await folder.parse(API_KEY), 'P'))
  })

  test.each(VARIABLES)('nothing by an empty %s', async (variable) => {
    expect(await folder.parse(API_KEY, { [variable]: '' })).toEqual(await folder.parse(API_KEY))
  })

  test('and ~ is expanded in its paths', async () => {
    const env = { OCI_CLI_KEY_FILE: '~/k', OCI_CLI_SECURITY_TOKEN_FILE: '~/t' }
    const { profile } = loadedOf(await folder.parse('', env), 'DEFAULT')
    expect(profile).toMatchObject({ key_file: '/home/me/k', security_token_file: '/home/me/t' })
  })
})

describe('the environment creates DEFAULT', () => {
  test.each([
    ['for an empty file', ''],
    ['beside an empty [DEFAULT]', '[A]\n[DEFAULT]\n'],
    ['beside other sections', '[A]\n'],
  ])('%s, as the first profile', async (_, text) => {
    const parsed = await folder.parse(text, { OCI_CLI_AUTH: 'instance_principal' })
    expect(parsed.profiles[0]).toMatchObject({
      auth_profile: 'DEFAULT',
      authentication: 'instance_principal',
      origin: { kind: 'environment' },
    })
    expect(parsed.profiles.length).toBe(text.includes('[A]') ? 2 : 1)
  })

  test('but keeps the origin of one that the file defines', async () => {
    const { profiles } = await folder.parse(`\n${API_KEY}`, WHOLE_IDENTITY)
    expect(profiles[0]!.origin).toEqual({ kind: 'file', file: folder.path('config'), line: 2 })
  })
})

test.each([
  ['[default], where there is no other', '[default]\nuser=u\nregion=r\n', 'default'],
  ['[default], beside an empty [DEFAULT]', '[DEFAULT]\n[default]\nregion=r\n', 'default'],
  ['the last of several', '[default]\nuser=u\n[Default]\nregion=r\n', 'Default'],
  ['the one that replaces [DEFAULT]', '[default]\nregion=r\n[DEFAULT]\nuser=u\n', 'default'],
])('the environment overrides in %s', async (_what, text, name) => {
  const parsed = await folder.parse(text, { OCI_CLI_USER: 'eu' })
  // The one that stays under that name.
  const last = parsed.profiles.findLast(({ auth_profile }) => /^default$/i.test(auth_profile))
  expect(last).toMatchObject({ auth_profile: name, user: 'eu', region: 'r' })
  expect(last?.origin.kind).toBe('file')
  expect(sourceOf(loadedOf(parsed, name), 'user')).toBe('environment:OCI_CLI_USER')
  expect(parsed.profiles.filter(({ user }) => user === 'eu')).toHaveLength(1)
})

describe('of the two keys', () => {
  test('that of the environment counts before the key_file of the file', async () => {
    const parsed = await folder.parse(API_KEY, { OCI_CLI_KEY_CONTENT: 'hunter2' })
    const { profile, findings } = loadedOf(parsed, 'DEFAULT')
    expect(profile.key_file).toBeNull()
    expect(profile.key_content!.reveal()).toBe('hunter2')
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })

  test('that of the environment counts before the key_content of the file', async () => {
    const parsed = await folder.parse('[DEFAULT]\nkey_content=hunter2\n', {
      OCI_CLI_KEY_FILE: '/k',
    })
    const { profile } = loadedOf(parsed, 'DEFAULT')
    expect(profile).toMatchObject({ key_file: '/k', key_content: null })
  })

  test('OCI_CLI_KEY_FILE counts, where the environment has both', async () => {
    const env = { OCI_CLI_KEY_FILE: '/k', OCI_CLI_KEY_CONTENT: 'hunter2' }
    const { profile, findings } = loadedOf(await folder.parse('', env), 'DEFAULT')
    expect(profile).toMatchObject({ key_file: '/k', key_content: null })
    expect(findingOf(findings, 'KEY_CONTENT_IGNORED').message).toBe(
      'key_content (OCI_CLI_KEY_CONTENT) is ignored beside key_file (OCI_CLI_KEY_FILE)',
    )
  })
})

describe('the type of DEFAULT', () => {
  const TOKEN = { OCI_CLI_SECURITY_TOKEN_FILE: '/t' }
  test.each([
    [
      'is inferred from a token that the environment names',
      '',
      TOKEN,
      'security_token',
      'inferred:OCI_CLI_SECURITY_TOKEN_FILE',
    ],
    [
      'is that of OCI_CLI_AUTH all the same',
      '',
      { ...TOKEN, OCI_CLI_AUTH: 'api_key' },
      'api_key',
      'environment:OCI_CLI_AUTH',
    ],
    [
      'is that of the file all the same',
      '[DEFAULT]\nauthentication=api_key\n',
      TOKEN,
      'api_key',
      'section:2',
    ],
    [
      'is as OCI_CLI_AUTH says, known or not',
      '',
      { OCI_CLI_AUTH: 'instance_obo_user' },
      'instance_obo_user',
      'environment:OCI_CLI_AUTH',
    ],
  ])('%s', async (_, text, env, type, source) => {
    const loaded = loadedOf(await folder.parse(text, env), 'DEFAULT')
    expect(loaded.profile.authentication).toBe(type)
    expect(sourceOf(loaded, 'authentication')).toBe(source)
  })
})

describe('an identity from environment and file', () => {
  test.each([
    'OCI_CLI_USER',
    'OCI_CLI_TENANCY',
    'OCI_CLI_FINGERPRINT',
    'OCI_CLI_KEY_FILE',
    'OCI_CLI_KEY_CONTENT',
  ])('is reported when %s alone is set', async (variable) => {
    const { findings } = loadedOf(await folder.parse(API_KEY, { [variable]: 'x' }), 'DEFAULT')
    const { severity, message } = findingOf(findings, 'MIXED_IDENTITY')
    expect(severity).toBe('warning')
    expect(message).toContain(`(${variable})`)
  })

  test('is reported with the place of each part', async () => {
    const { findings } = loadedOf(await folder.parse(API_KEY, { OCI_CLI_USER: 'x' }), 'DEFAULT')
    expect(findingOf(findings, 'MIXED_IDENTITY').message).toBe(
      'The identity is put together: the environment gives user (OCI_CLI_USER); section "DEFAULT" gives tenancy (line 5), fingerprint (line 3), key_file (line 4)',
    )
  })

  test('has the variables to unset in its fix', async () => {
    const env = { OCI_CLI_USER: 'x', OCI_CLI_KEY_FILE: '/k' }
    const { findings } = loadedOf(await folder.parse(API_KEY, env), 'DEFAULT')
    expect(findingOf(findings, 'MIXED_IDENTITY').fix).toBe(
      'Unset OCI_CLI_USER and OCI_CLI_KEY_FILE, or let the environment name all of the identity.',
    )
  })

  test('is reported for a token of one and a key of the other', async () => {
    const env = { OCI_CLI_SECURITY_TOKEN_FILE: '/t' }
    const { findings } = loadedOf(await folder.parse('[DEFAULT]\nkey_file=/k\n', env), 'DEFAULT')
    expect(codesOf(findings)).toEqual(['MIXED_IDENTITY'])
  })

  test('is ordinary when only a token that the type does not use is left in the file', async () => {
    const text = '[DEFAULT]\nauthentication=api_key\nsecurity_token_file=/t\n'
    const { findings } = loadedOf(await folder.parse(text, WHOLE_IDENTITY), 'DEFAULT')
    expect(codesOf(findings)).toEqual([])
  })

  test.each([
    ['the whole identity', WHOLE_IDENTITY],
    ['only the region', { OCI_CLI_REGION: 'x' }],
    ['only the pass phrase', { OCI_CLI_PASSPHRASE: 'x' }],
    ['only the type', { OCI_CLI_AUTH: 'instance_principal' }],
    ['a type that uses no field', { OCI_CLI_AUTH: 'resource_principal', OCI_CLI_USER: 'x' }],
  ])('is ordinary when the environment sets %s', async (_, env) => {
    const { findings } = loadedOf(await folder.parse(API_KEY, env), 'DEFAULT')
    expect(codesOf(findings)).toEqual([])
  })
})
