import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { EditableField } from '../../src/schemas/index.ts'
import { codesOf, findingOf, loadedOf, sourceOf, useConfigFolder } from './config-file.ts'

const folder = useConfigFolder()

async function load(text: string, name: string) {
  return loadedOf(await folder.parse(text), name)
}

describe('a profile', () => {
  test('has every field of its section', async () => {
    const { profile } = await load(
      [
        '[P]',
        'user=u',
        'authentication=security_token',
        'tenancy=t',
        'region=r',
        'fingerprint=f',
        'key_file=~/k',
        'pass_phrase=pp',
        'security_token_file=~',
        'genai_compartment_id=gc',
        'genai_region=gr',
        'log_requests=on',
        'additional_user_agent=agent',
      ].join('\n'),
      'P',
    )
    expect(profile).toMatchObject({
      auth_profile: 'P',
      user: 'u',
      authentication: 'security_token',
      tenancy: 't',
      region: 'r',
      fingerprint: 'f',
      key_content: null,
      key_file: '/home/me/k',
      security_token_file: '/home/me',
      genai_compartment_id: 'gc',
      genai_region: 'gr',
      log_requests: true,
      additional_user_agent: 'agent',
      useable: false,
      namespace: null,
      check: null,
    })
    expect(profile.pass_phrase!.reveal()).toBe('pp')
    expect(profile.origin).toEqual({ kind: 'file', file: folder.path('config'), line: 1 })
  })

  test('of an empty section has the defaults, each known to be one', async () => {
    const { profile, provenance, findings } = await load('[P]\n', 'P')
    expect(profile).toMatchObject({
      user: null,
      authentication: 'api_key',
      key_file: null,
      log_requests: false,
      additional_user_agent: '',
    })
    const origins = new Set(Object.values(provenance))
    expect([...origins]).toEqual([{ source: 'default', file: null, line: null }])
    expect(findings).toEqual([])
  })

  test('inherits from [DEFAULT] wherever that stands, and knows what it inherited', async () => {
    const loaded = await load('[P]\nregion=r\nuser=\n[DEFAULT]\nuser=u\nregion=x\ntenancy=t\n', 'P')
    expect(loaded.profile).toMatchObject({ region: 'r', user: null, tenancy: 't' })
    const fields = ['region', 'user', 'tenancy', 'fingerprint'] as const
    expect(fields.map((field) => sourceOf(loaded, field))).toEqual([
      'section:2',
      'section:3',
      'DEFAULT:7',
      'default',
    ])
    expect(loaded.provenance.tenancy.file).toBe(folder.path('config'))
  })

  test('keeps its secrets from text, JSON and inspect', async () => {
    const parsed = await folder.parse('[P]\nkey_content=hunter2\npass_phrase=hunter3\n[Q]\nstray\n')
    expect(loadedOf(parsed, 'P').profile.key_content!.reveal()).toBe('hunter2')
    const shown = `${JSON.stringify(parsed)}${inspect(parsed, { depth: 9 })}`
    expect(shown).not.toMatch(/hunter/)
  })

  const ORDERS: [what: string, text: string, names: string[]][] = [
    [
      'DEFAULT first, then the sections in file order',
      '[B]\n[DEFAULT]\nuser=u\n[A]\n',
      ['DEFAULT', 'B', 'A'],
    ],
    ['no DEFAULT without a key of its own', '[DEFAULT]\n[A]\n', ['A']],
    ['a DEFAULT that holds but an unknown key', '[DEFAULT]\nx=\n', ['DEFAULT']],
    ['names as they were written', '[ P ]\n[p]\n[ä/ö]\n', [' P ', 'p', 'ä/ö']],
    [
      'names that objects have already',
      '[__proto__]\n[constructor]\n',
      ['__proto__', 'constructor'],
    ],
    ['nothing for an empty file', '', []],
  ]

  test.each(ORDERS)('is listed: %s', async (_, text, names) => {
    const { profiles, loaded } = await folder.parse(text)
    expect(profiles.map(({ auth_profile }) => auth_profile)).toEqual(names)
    expect(loaded.map(({ profile }) => profile)).toEqual(profiles)
    expect(loaded.every(({ profile }, index) => profile === profiles[index])).toBe(true)
  })
})

describe('the type of authentication', () => {
  const TYPES: [what: string, text: string, type: string, source: string][] = [
    ['is api_key by default', '[P]\n', 'api_key', 'default'],
    [
      'may be written authentication',
      '[P]\nauthentication=instance_principal\n',
      'instance_principal',
      'section:2',
    ],
    [
      'may be written authentication_type',
      '[P]\nauthentication_type=resource_principal\n',
      'resource_principal',
      'section:2',
    ],
    [
      'is that of authentication, where both are written',
      '[P]\nauthentication_type=api_key\nauthentication=security_token\n',
      'security_token',
      'section:3',
    ],
    [
      'is the other one, where authentication is empty',
      '[P]\nauthentication=\nauthentication_type=api_key\n',
      'api_key',
      'section:3',
    ],
    [
      'is inherited',
      '[DEFAULT]\nauthentication=instance_principal\n[P]\n',
      'instance_principal',
      'DEFAULT:2',
    ],
    [
      'of the section counts before an inherited one, in either spelling',
      '[DEFAULT]\nauthentication=instance_principal\n[P]\nauthentication_type=api_key\n',
      'api_key',
      'section:4',
    ],
    [
      'is the default again, where an empty value hides the inherited one',
      '[DEFAULT]\nauthentication=instance_principal\n[P]\nauthentication=\n',
      'api_key',
      'default',
    ],
    [
      'stays as it was written, known or not',
      '[P]\nauthentication=API_Key\n',
      'API_Key',
      'section:2',
    ],
    [
      'is security_token for a section that names a token',
      '[P]\nuser=u\nsecurity_token_file=/t\n',
      'security_token',
      'inferred:3',
    ],
    [
      'is not inferred from a token file left empty',
      '[P]\nsecurity_token_file=\n',
      'api_key',
      'default',
    ],
    [
      'is not inferred from an inherited token',
      '[DEFAULT]\nsecurity_token_file=/t\n[P]\nuser=u\n',
      'api_key',
      'default',
    ],
    [
      'is not inferred where the section writes one',
      '[P]\nauthentication=api_key\nsecurity_token_file=/t\n',
      'api_key',
      'section:2',
    ],
    [
      'is not inferred where DEFAULT writes one',
      '[DEFAULT]\nauthentication_type=api_key\n[P]\nsecurity_token_file=/t\n',
      'api_key',
      'DEFAULT:2',
    ],
  ]

  test.each(TYPES)('%s', async (_, text, type, source) => {
    const loaded = await load(text, 'P')
    expect(loaded.profile.authentication).toBe(type)
    expect(sourceOf(loaded, 'authentication')).toBe(source)
  })

  test('is inferred for DEFAULT from its own section, and for no other profile', async () => {
    const { profiles } = await folder.parse('[DEFAULT]\nsecurity_token_file=/t\n[P]\n')
    expect(profiles.map(({ authentication }) => authentication)).toEqual([
      'security_token',
      'api_key',
    ])
    expect(profiles[1]!.security_token_file).toBe('/t')
  })

  test('is reported where the two spellings differ', async () => {
    const differ = await load('[P]\nauthentication=a\nauthentication_type=b\n', 'P')
    expect(findingOf(differ.findings, 'DUPLICATE_KEY')).toMatchObject({
      severity: 'warning',
      line: 3,
    })
    const agree = await load('[P]\nauthentication=a\nauthentication_type=a\n', 'P')
    expect(agree.findings).toEqual([])
  })
})

describe('the key', () => {
  test.each([
    ['in the section', '[P]\nkey_file=/k\nkey_content=hunter2\n', 3, 'line 2'],
    ['in DEFAULT', '[DEFAULT]\nkey_file=/k\n[P]\nkey_content=hunter2\n', 4, 'line 2, in DEFAULT'],
  ])('of key_content is ignored beside key_file %s', async (_, text, line, place) => {
    const { profile, findings } = await load(text, 'P')
    expect(profile).toMatchObject({ key_file: '/k', key_content: null })
    const finding = findingOf(findings, 'KEY_CONTENT_IGNORED')
    expect(finding).toMatchObject({ severity: 'info', field: 'key_content', line })
    expect(finding.message).toContain(`key_file (${place})`)
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })

  test('of key_content counts where the section empties an inherited key_file', async () => {
    const { profile, findings } = await load(
      '[DEFAULT]\nkey_file=/k\n[P]\nkey_file=\nkey_content=hunter2\n',
      'P',
    )
    expect(profile.key_file).toBeNull()
    expect(profile.key_content!.reveal()).toBe('hunter2')
    expect(codesOf(findings)).toEqual([])
  })

  test.each([
    ['~', '/home/me'],
    ['~/a b', '/home/me/a b'],
    ['~other/k', '~other/k'],
    ['/~/k', '/~/k'],
    ['k', 'k'],
  ])('file %s is %s', async (written, path) => {
    const { profile } = await load(
      `[P]\nkey_file=${written}\nsecurity_token_file=${written}\n`,
      'P',
    )
    expect(profile).toMatchObject({ key_file: path, security_token_file: path })
  })
})

describe('log_requests', () => {
  test.each([
    ...['1', 'yes', 'true', 'on', 'YES', 'True'].map((word) => [word, true] as const),
    ...['0', 'no', 'false', 'off', 'NO', ''].map((word) => [word, false] as const),
  ])('%j is %s', async (word, meant) => {
    const { profile, findings } = await load(`[P]\nlog_requests=${word}\n`, 'P')
    expect(profile.log_requests).toBe(meant)
    expect(findings).toEqual([])
  })

  test('of any other word is false, and reported without the word', async () => {
    const { profile, findings } = await load('[P]\nlog_requests=hunter2\n', 'P')
    expect(profile.log_requests).toBe(false)
    expect(findingOf(findings, 'VALUE_INVALID')).toMatchObject({
      field: 'log_requests',
      line: 2,
      severity: 'warning',
    })
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })
})

describe('a key that no profile has', () => {
  type Unknown = [key: string, code: string, severity: string, says: string]
  const UNKNOWN: Unknown[] = [
    [
      'regoin',
      'UNKNOWN_KEY',
      'warning',
      '"regoin" on line 2 is no key of a profile; the nearest is "region"',
    ],
    ['passphrase', 'UNKNOWN_KEY', 'warning', 'the nearest is "pass_phrase"'],
    ['key-file', 'UNKNOWN_KEY', 'warning', 'the nearest is "key_file"'],
    ['tenancy_ocid', 'UNKNOWN_KEY', 'warning', 'the nearest is "tenancy"'],
    ...[
      ['user-ocid', 'user'],
      ['userid', 'user'],
      ['tenancy-id', 'tenancy'],
      ['tenancy.ocid', 'tenancy'],
      ['region-id', 'region'],
      ['region-name', 'region'],
      ['region_id', 'region'],
      ['key-fingerprint', 'fingerprint'],
      ['key.file', 'key_file'],
      ['key_path', 'key_file'],
      ['private-key-path', 'key_file'],
      ['authtype', 'authentication'],
      ['password', 'pass_phrase'],
      ['private_key', 'key_content'],
    ].map(([key, meant]): Unknown => [key!, 'UNKNOWN_KEY', 'warning', `the nearest is "${meant}"`]),
    ['flavour', 'UNKNOWN_KEY', 'warning', '"flavour" on line 2 is no key of a profile'],
    ['reg!on', 'UNKNOWN_KEY', 'warning', 'A key on line 2 is no key of a profile'],
    ['no identifier', 'UNKNOWN_KEY', 'warning', 'A key on line 2 is no key of a profile'],
    ['x'.repeat(41), 'UNKNOWN_KEY', 'warning', 'A key on line 2 is no key of a profile'],
    [
      'delegation_token_file',
      'KEY_OF_OTHER_TOOL',
      'info',
      '"delegation_token_file" on line 2 is for other tools',
    ],
    [
      'compartment-id',
      'KEY_OF_OTHER_TOOL',
      'info',
      '"compartment-id" on line 2 is for other tools',
    ],
    ['os.bucket.list.limit', 'KEY_OF_OTHER_TOOL', 'info', '"os.bucket.list.limit" on line 2'],
  ]

  test.each(UNKNOWN)('%s is %s, of severity %s', async (key, code, severity, says) => {
    const { profile, findings } = await load(`[P]\n${key}=hunter2\n`, 'P')
    expect(Object.keys(profile)).not.toContain(key)
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({ code, severity, line: 2 })
    expect(findings[0]!.message).toContain(says)
    expect(JSON.stringify(findings)).not.toContain('hunter2')
  })

  test.each([
    ['regoin', 'region'],
    ['tenancy_ocid', 'tenancy'],
    ['flavour', null],
  ])('%s has the field that was meant: %s', async (key, field) => {
    const { findings } = await load(`[P]\n${key}=x\n`, 'P')
    expect(findingOf(findings, 'UNKNOWN_KEY').field).toBe(field)
  })

  test.each([
    ['private_key', '~/.oci/canary.pem', 'key_file'],
    ['private_key', String.raw`C:\Users\canary\api.pem`, 'key_file'],
    ['private_key', 'canary.pem', 'key_file'],
    ['private_key', '-----BEGIN canary', 'key_content'],
    ['private_key_path', '-----BEGIN canary', 'key_content'],
  ])('%s with the value %s means %s, and does not show the value', async (key, value, field) => {
    const { findings } = await load(`[P]\n${key}=${value}\n`, 'P')
    expect(findingOf(findings, 'UNKNOWN_KEY').field).toBe(field)
    expect(JSON.stringify(findings)).not.toContain('canary')
  })

  test.each([
    ['', 'Write "region" on line 2, or remove the line.'],
    ['region=r\n', 'Remove line 2: region is on line 3.'],
    ['region=\n', 'Write "region" on line 2 and remove line 3, where it is empty.'],
  ])('that misspells a key is mended beside %j without writing that twice', async (text, fix) => {
    const { findings } = await load(`[P]\nregoin=x\n${text}`, 'P')
    expect(findingOf(findings, 'UNKNOWN_KEY').fix).toBe(fix)
  })

  test('is not named beside stray text: it may be the end of a private key', async () => {
    const { findings } = await load('[P]\nkey_content=-----BEGIN\nMIIE\nabcdef==\n', 'P')
    expect(findingOf(findings, 'UNKNOWN_KEY').message).toBe(
      'A key on line 4 is no key of a profile',
    )
    expect(JSON.stringify(findings)).not.toContain('abcdef')
  })

  test('in DEFAULT is reported for DEFAULT alone', async () => {
    const { loaded } = await folder.parse('[DEFAULT]\nflavour=x\n[P]\n')
    expect(loaded.map(({ findings }) => codesOf(findings))).toEqual([['UNKNOWN_KEY'], []])
  })
})

describe('an identity', () => {
  const OWN = 'user=u\nfingerprint=f\nkey_file=/k\ntenancy=t\nregion=r\n'
  const MIXED: [what: string, text: string][] = [
    ['user from the section, key from DEFAULT', `[DEFAULT]\n${OWN}[P]\nuser=x\n`],
    [
      'key from the section, user from DEFAULT',
      '[DEFAULT]\nuser=u\n[P]\nfingerprint=f\nkey_content=k\n',
    ],
    ['fingerprint from DEFAULT', '[DEFAULT]\nfingerprint=f\n[P]\nuser=u\nkey_file=/k\n'],
    [
      'token from the section, its key from DEFAULT',
      `[DEFAULT]\n${OWN}[P]\nsecurity_token_file=/t\n`,
    ],
  ]

  test.each(MIXED)('of %s is reported', async (_, text) => {
    const { findings } = await load(text, 'P')
    const { severity, field } = findingOf(findings, 'MIXED_IDENTITY')
    expect({ severity, field }).toEqual({ severity: 'warning', field: null })
  })

  const WHOLE: [what: string, text: string][] = [
    ['all in the section', `[P]\n${OWN}`],
    ['all in DEFAULT', `[DEFAULT]\n${OWN}[P]\nregion=x\n`],
    [
      'only tenancy and region in DEFAULT',
      '[DEFAULT]\ntenancy=t\nregion=r\n[P]\nuser=u\nfingerprint=f\nkey_file=/k\n',
    ],
    ['only the tenancy in the section', `[DEFAULT]\n${OWN}[P]\ntenancy=x\n`],
    [
      'a session beside an API key in DEFAULT',
      `[DEFAULT]\n${OWN}[P]\nsecurity_token_file=/t\nkey_file=/s\n`,
    ],
    [
      'an API key beside a session in DEFAULT',
      '[DEFAULT]\nsecurity_token_file=/t\n[P]\nuser=u\nfingerprint=f\nkey_file=/k\n',
    ],
    [
      'a principal that uses none of the fields',
      `[DEFAULT]\n${OWN}[P]\nuser=x\nauthentication=instance_principal\n`,
    ],
  ]

  test.each(WHOLE)('of %s is ordinary', async (_, text) => {
    const { findings } = await load(text, 'P')
    expect(codesOf(findings)).toEqual([])
  })

  test('whose tenancy is that of another user, in DEFAULT, is told as a hint', async () => {
    const own = 'user=x\nfingerprint=g\nkey_file=/x\n'
    const { findings } = await load(`[DEFAULT]\n${OWN}[P]\n${own}`, 'P')
    expect(findings).toEqual([
      {
        code: 'MIXED_IDENTITY',
        severity: 'info',
        field: null,
        line: 7,
        message:
          'The identity is put together: section "P" gives user (line 8), fingerprint (line 9), key_file (line 10); DEFAULT gives tenancy (line 5)',
        fix: 'Nothing to do if both users are of that tenancy; else write tenancy into section "P".',
      },
    ])
  })

  test('that is mixed is reported with field, place and line of each part', async () => {
    const { findings } = await load('[DEFAULT]\nfingerprint=f\nkey_file=/k\n[P]\nuser=u\n', 'P')
    expect(findingOf(findings, 'MIXED_IDENTITY')).toMatchObject({
      line: 4,
      message:
        'The identity is put together: section "P" gives user (line 5); DEFAULT gives fingerprint (line 2), key_file (line 3)',
      fix: 'Write fingerprint and key_file into section "P", or remove user (line 5) from it to use the identity of DEFAULT.',
    })
  })
})

describe('names that are one name when case is ignored', () => {
  test.each([
    ['P', 'p'],
    ['Straße', 'STRASSE'],
    ['DEFAULT', 'default'],
  ])('%s and %s are both listed, and the later one is reported', async (first, second) => {
    const { loaded, diagnostics } = await folder.parse(`[${first}]\nuser=u\n[${second}]\nuser=v\n`)
    expect(loaded.map(({ profile }) => profile.user)).toEqual(['u', 'v'])
    expect(loaded.map(({ findings }) => codesOf(findings))).toEqual([[], ['NAME_COLLISION']])
    const collision = findingOf(diagnostics, 'NAME_COLLISION')
    expect(collision).toMatchObject({ severity: 'warning', line: 3 })
    expect(collision.message).toContain(`"${second}" (line 3) and "${first}" (line 1)`)
  })

  test('are reported for each one but the first', async () => {
    const { diagnostics } = await folder.parse('[pq]\n[pQ]\n[q]\n[p ]\n[PQ]\n')
    expect(diagnostics.map(({ line }) => line)).toEqual([2, 5])
    expect(diagnostics[1]!.message).toContain('"PQ" (line 5) and "pQ" (line 2)')
  })
})

describe('a fault of the file', () => {
  test('is with the profile whose section it lies in, and with no other', async () => {
    const { loaded } = await folder.parse('[A]\nuser=a\n[B]\nstray\n[C]\nuser=c\nuser=d\n')
    expect(loaded.map(({ findings }) => codesOf(findings))).toEqual([
      [],
      ['STRAY_LINE'],
      ['DUPLICATE_KEY'],
    ])
  })

  test('costs the profiles beside it nothing', async () => {
    const good = '[A]\nuser=a\nregion=r\n  s\n'
    const bad = '[B]\nuser=b\nstray\nuser=c\n=\n  more\n'
    const fields: EditableField[] = ['user', 'region']
    const values = async (text: string, name: string) => {
      const { profile } = await load(text, name)
      return fields.map((field) => profile[field])
    }
    const expected = await values(good, 'A')
    for (const text of [
      `${good}${bad}`,
      `${bad}${good}`,
      `\ufeff${good}${bad}`,
      `x\n${bad}${good}`,
    ]) {
      expect(await values(text, 'A')).toEqual(expected)
    }
  })
})
