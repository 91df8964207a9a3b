/** `list` and `show`: the API's objects from the file alone. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { section, writeConfig } from './config-files.ts'
import { makeFolder, runHere } from './program.ts'

const THREE = [section('ONE'), section('DEFAULT'), section('Two', { pass_phrase: 'hunter2' })]

async function runJson(args: readonly string[], env: Record<string, string> = {}) {
  const { code, stdout, stderr } = await runHere([...args, '--output', 'json'], { env })
  return { code, stderr, data: stdout === '' ? null : JSON.parse(stdout) }
}

const PUBLIC_FIELDS = [
  'auth_profile',
  'user',
  'authentication',
  'tenancy',
  'region',
  'genai_compartment_id',
  'genai_region',
  'log_requests',
  'additional_user_agent',
  'useable',
  'namespace',
  'origin',
  'check',
]
const SENSITIVE_FIELDS = [
  'fingerprint',
  'key_content',
  'key_file',
  'pass_phrase',
  'security_token_file',
]

test('faults of one kind are told ten times and then counted; JSON has them all', async () => {
  const file = writeConfig(`stray\n${section('ONE')}${'\u0001\n'.repeat(1000)}= 1\n`)
  const { stderr } = await runHere(['list', '--config-file', file])
  expect(stderr.match(/STRAY_LINE Line \d+ is neither/g)).toHaveLength(10)
  expect(stderr).toMatch(new RegExp(`\n${file}: \\.\\.\\. and 991 more of STRAY_LINE\n$`))
  expect(stderr).toContain(`${file}:1: TEXT_BEFORE_SECTION `)

  const args = ['doctor', '--offline', '--config-file', file]
  const { stdout } = await runHere(args)
  expect(stdout.match(/error: STRAY_LINE/g)).toHaveLength(10)
  expect(stdout).toContain('\n  ... and 991 more of STRAY_LINE\n')
  const json = await runHere([...args, '--output', 'json'])
  expect(json.stdout.match(/"STRAY_LINE"/g)).toHaveLength(1001)
})

describe('list', () => {
  test('gives an array of unchecked profiles without their sensitive fields, DEFAULT first', async () => {
    const file = writeConfig(THREE.join('\n'))
    const { code, stderr, data } = await runJson(['list', '--config-file', file])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(data.map((profile: { auth_profile: string }) => profile.auth_profile)).toEqual([
      'DEFAULT',
      'ONE',
      'Two',
    ])
    expect(Object.keys(data[0])).toEqual(PUBLIC_FIELDS)
    expect(data[1]).toMatchObject({
      useable: false,
      check: null,
      region: 'eu-frankfurt-1',
      origin: { kind: 'file', file, line: 1 },
    })
  })

  test('adds the five fields in plain text when asked', async () => {
    const file = writeConfig(THREE.join('\n'))
    const { data } = await runJson(['list', '--include-sensitive', '--config-file', file])
    expect(Object.keys(data[2])).toEqual([...PUBLIC_FIELDS, ...SENSITIVE_FIELDS])
    expect(data[2]).toMatchObject({ pass_phrase: 'hunter2', key_file: '/nonexistent/key.pem' })
  })

  test.each(['table', 'json'])('as %s shows no secret unless asked', async (output) => {
    const file = writeConfig(THREE.join('\n'))
    const { stdout } = await runHere(['list', '--output', output, '--config-file', file])
    expect(stdout).not.toMatch(/hunter2|key\.pem|20:3b/)
  })

  test('limits itself to --profile, in any case', async () => {
    const file = writeConfig(THREE.join('\n'))
    const { code, data } = await runJson(['list', '--profile', 'tWO', '--config-file', file])
    expect(code).toBe(0)
    expect(data).toMatchObject([{ auth_profile: 'Two' }])
  })

  test('of names that differ in case alone shows the last, in the place of the first', async () => {
    const file = writeConfig(
      [section('Straße'), section('B'), section('STRASSE', { region: 'us-ashburn-1' })].join('\n'),
    )
    const { data, stderr } = await runJson(['list', '--config-file', file])
    expect(data).toMatchObject([
      { auth_profile: 'STRASSE', region: 'us-ashburn-1' },
      { auth_profile: 'B' },
    ])
    expect(stderr).toContain('NAME_COLLISION')
  })

  test('as a table has a heading and a line for each profile', async () => {
    const file = writeConfig(THREE.join('\n'))
    const { stdout } = await runHere(['list', '--config-file', file])
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatch(/^AUTH_PROFILE +AUTHENTICATION +REGION +USER +TENANCY +ORIGIN$/)
    expect(lines[3]).toMatch(/^Two +api_key +eu-frankfurt-1 +ocid1\.user\.\S+ +ocid1\S+ +\S+:\d+$/)
  })

  test('--check checks first, and the exit code tells', async () => {
    const file = writeConfig(THREE.join('\n'))
    const { code, data } = await runJson(['list', '--check', '--config-file', file])
    expect(code).toBe(1)
    expect(data[0].check).toMatchObject({ status: 'failed', code: 'KEY_FILE_NOT_FOUND' })
  })
})

describe('show', () => {
  const DEFAULTS = [
    { what: 'the argument', args: ['one'], env: { OCI_CLI_PROFILE: 'Two' }, shows: 'ONE' },
    {
      what: '--profile',
      args: ['--profile', 'ONE'],
      env: { OCI_CLI_PROFILE: 'Two' },
      shows: 'ONE',
    },
    { what: 'OCI_CLI_PROFILE', args: [], env: { OCI_CLI_PROFILE: 'two' }, shows: 'Two' },
    { what: 'DEFAULT', args: [], env: { OCI_CLI_PROFILE: '' }, shows: 'DEFAULT' },
  ]
  test.each(DEFAULTS)('takes $what', async ({ args, env, shows }) => {
    const file = writeConfig(THREE.join('\n'))
    const { code, data } = await runJson(['show', ...args, '--config-file', file], env)
    expect({ code, name: data.auth_profile }).toEqual({ code: 0, name: shows })
  })

  test('takes the first profile where nothing else is said', async () => {
    const file = writeConfig([section('B'), section('A')].join('\n'))
    const { data } = await runJson(['show', '--config-file', file])
    expect(data.auth_profile).toBe('B')
  })

  test('gives one object, with the sensitive fields when asked', async () => {
    const file = writeConfig(THREE.join('\n'))
    const { data } = await runJson(['show', 'Two', '--include-sensitive', '--config-file', file])
    expect(Object.keys(data)).toEqual([...PUBLIC_FIELDS, ...SENSITIVE_FIELDS])
    expect(data.pass_phrase).toBe('hunter2')
  })

  test('as a table has a line for each field', async () => {
    const file = writeConfig(THREE.join('\n'))
    const { stdout } = await runHere(['show', 'Two', '--config-file', file])
    expect(stdout.trimEnd().split('\n')).toHaveLength(PUBLIC_FIELDS.length)
    expect(stdout).toMatch(/^region +eu-frankfurt-1$/m)
    expect(stdout).toMatch(/^genai_region +-$/m)
  })

  const UNKNOWN: { args: string[]; env: Record<string, string>; hint: string }[] = [
    { args: ['TWOO'], env: {}, hint: 'Did you mean "Two"?' },
    { args: [], env: { OCI_CLI_PROFILE: 'OEN' }, hint: 'Did you mean "ONE"?' },
    { args: ['zzzzzzzz'], env: {}, hint: 'oci-profiles list' },
  ]
  test.each(UNKNOWN)('$args $env is not there: $hint', async ({ args, env, hint }) => {
    const file = writeConfig(THREE.join('\n'))
    const { code, stderr, data } = await runJson(['show', ...args, '--config-file', file], env)
    expect({ code, data }).toEqual({ code: 1, data: null })
    expect(stderr).toMatch(/^error: PROFILE_NOT_FOUND: /)
    expect(stderr).toContain(hint)
  })

  test('--check tells by the exit code whether it works', async () => {
    const file = writeConfig(THREE.join('\n'))
    const { code, data } = await runJson(['show', 'ONE', '--check', '--config-file', file])
    expect(code).toBe(1)
    expect(data.check.code).toBe('KEY_FILE_NOT_FOUND')
  })
})

describe('the config file', () => {
  test('is the one of the environment without --config-file, with ~ expanded', async () => {
    const home = makeFolder()
    mkdirSync(join(home, '.oci'))
    writeFileSync(join(home, '.oci/config'), section('HOME'))
    writeFileSync(join(home, 'other'), section('OTHER'))
    const names = async (env: Record<string, string>) => {
      const { data } = await runJson(['list'], { HOME: home, ...env })
      return data.map((profile: { auth_profile: string }) => profile.auth_profile)
    }
    expect(await names({})).toEqual(['HOME'])
    expect(await names({ OCI_CLI_CONFIG_FILE: '~/other' })).toEqual(['OTHER'])
    expect(await names({ OCI_CLI_CONFIG_FILE: '' })).toEqual(['HOME'])
  })

  test('is told of by an absolute path, good from any folder', async () => {
    const cwd = makeFolder()
    mkdirSync(join(cwd, 'oci'))
    writeFileSync(join(cwd, 'oci/config'), `${section('A')}stray line\n`)
    const args = ['list', '--output', 'json', '--config-file', './oci/config']
    const { stdout, stderr } = await runHere(args, { cwd })
    const file = join(cwd, 'oci/config')
    expect(JSON.parse(stdout)[0].origin).toEqual({ kind: 'file', file, line: 1 })
    expect(stderr).toMatch(new RegExp(`^${file}:7: STRAY_LINE`))
  })

  test.each(['list', 'check', 'doctor'])(
    'may be missing: %s says where it was looked for and is done',
    async (command) => {
      const { code, stdout, stderr } = await runHere([command, '--config-file', '/nonexistent/c'])
      expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
      expect(stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(stderr).toContain('/nonexistent/c')
    },
  )

  test('may hold no profile: that is said, too', async () => {
    const file = writeConfig('# nothing\n')
    const { code, data, stderr } = await runJson(['list', '--config-file', file])
    expect({ code, data }).toEqual({ code: 0, data: [] })
    expect(stderr).toBe(`There are no profiles in ${file}.\n`)
  })

  test.each(['list', 'show', 'check', 'doctor'])(
    'that is there but unreadable ends %s with exit code 3',
    async (command) => {
      const { code, stdout, stderr } = await runHere([command, '--config-file', makeFolder()])
      expect({ code, stdout }).toEqual({ code: 3, stdout: '' })
      expect(stderr).toMatch(/^error: CONFIG_FILE_UNREADABLE: .*\nfix: .*\n$/)
    },
  )

  test('with faults gives all that is readable, and each fault once on stderr with its line', async () => {
    const file = writeConfig(`${section('A')}stray hunter2 line\n${section('B')}region=fra\n`)
    const { code, data, stderr } = await runJson(['list', '--debug', '--config-file', file])
    expect(code).toBe(0)
    expect(data).toMatchObject([{ auth_profile: 'A' }, { auth_profile: 'B', region: 'fra' }])
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    expect(lines[0]).toMatch(new RegExp(`^${file}:7: STRAY_LINE .+\\. .+\\.$`))
    expect(lines[1]).toMatch(new RegExp(`^${file}:14: DUPLICATE_KEY .+\\. .+\\.$`))
    expect(stderr).not.toContain('hunter2')
  })
})
