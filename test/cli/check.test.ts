/** `check` and `doctor` against the emulator. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, afterAll, describe, expect, test } from 'vitest'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import {
  startEmulator,
  writeSampleProfiles,
  type Emulator,
  type SampleProfile,
} from '../../emulator/index.ts'
import { Interruption } from '../../src/cli/interruption.ts'
import { section, writeConfig } from './config-files.ts'
import { MAIN, runHere, runProgram, startProgram } from './program.ts'

let emulator: Emulator
let folder: string
let env: Record<string, string>
let samples: SampleProfile[]

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-test-'))
  emulator = await startEmulator()
  const written = await writeSampleProfiles(emulator, folder, 'all')
  samples = written.profiles
  env = { OCI_PROFILES_ENDPOINT_URL: emulator.url, OCI_CLI_CONFIG_FILE: written.configFile }
})
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

describe('check', () => {
  test('gives for every profile whether it works and why not', async () => {
    const { code, stdout, stderr } = await runProgram(['check', '--output', 'json'], { env })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const found = JSON.parse(stdout)
    expect(
      found.map(({ auth_profile, useable, check }: any) => [auth_profile, useable, check.code]),
    ).toEqual(samples.map(({ name, useable, code }) => [name, useable, code]))
    for (const each of found) {
      expect(Object.keys(each)).toEqual(['auth_profile', 'useable', 'check'])
      expect(Object.keys(each.check)).toEqual([
        'status',
        'code',
        'message',
        'fix',
        'opc_request_id',
        'checked_at',
        'duration_ms',
      ])
    }
  })

  test('says on which line a field stands empty', async () => {
    const file = writeConfig(section('P', { region: '' }))
    const args = ['check', 'P', '--config-file', file, '--output', 'json']
    const { stdout } = await runHere(args, { env })
    const [{ check }] = JSON.parse(stdout)
    expect(check.message).toMatch(/^region is empty on line 4; api_key needs it/)
    expect(check.fix).toContain(`Write region on line 4 of ${file}: `)
  })

  test('gives an array for one name too, and 0 when it works', async () => {
    const { code, stdout } = await runHere(['check', 'session', '--output', 'json'], { env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject([
      { auth_profile: 'SESSION', useable: true, check: { status: 'ok', code: null } },
    ])
  })

  test('checks in the order of the names, each once', async () => {
    const args = ['check', 'SESSION', 'default', 'Session', '--output', 'json']
    const { stdout } = await runHere(args, { env })
    const names = JSON.parse(stdout).map((each: { auth_profile: string }) => each.auth_profile)
    expect(names).toEqual(['SESSION', 'DEFAULT'])
  })

  test('checks the one of --profile, but not that of OCI_CLI_PROFILE alone', async () => {
    const one = await runHere(['check', '--profile', 'SESSION', '--output', 'json'], { env })
    expect(JSON.parse(one.stdout)).toHaveLength(1)
    const all = await runHere(['check', '--output', 'json'], {
      env: { ...env, OCI_CLI_PROFILE: 'SESSION' },
    })
    expect(JSON.parse(all.stdout)).toHaveLength(samples.length)
  })

  test('tells of a name that is not there and checks the others', async () => {
    const { code, stdout, stderr } = await runHere(['check', 'SESION', 'DEFAULT'], { env })
    expect(code).toBe(1)
    expect(stderr).toBe(
      'error: PROFILE_NOT_FOUND: There is no profile "SESION"\nfix: Did you mean "SESSION"?\n',
    )
    expect(stdout).toMatch(/^DEFAULT {2}works {2}api_key {2}eu-frankfurt-1 {2}\S+\n$/)
  })

  test.each([
    ['S20', 'Did you mean "profile S20"?'],
    ['s20', 'Did you mean "profile S20"?'],
    ['S3', 'Did you mean "S2"?'],
    ['ELSEWHERE', 'Run "oci-profiles list" to see the known names.'],
  ])('for a name %s that is not there says: %s', async (name, fix) => {
    const file = writeConfig(section('S2') + section('profile S20'))
    const { stderr } = await runHere(['check', name, '--config-file', file])
    expect(stderr).toBe(`error: PROFILE_NOT_FOUND: There is no profile "${name}"\nfix: ${fix}\n`)
  })

  test('as a table says in one line why not, and below what to do', async () => {
    const { stdout } = await runHere(['check', 'NO_KEY_FILE', 'DEFAULT'], { env })
    expect(stdout.split('\n')).toEqual([
      expect.stringMatching(/^NO_KEY_FILE {2}fails {2}KEY_FILE_NOT_FOUND: \/.+lost\.pem/),
      expect.stringMatching(/^ {4}fix: \S/),
      expect.stringMatching(/^DEFAULT {6}works {2}/),
      '',
    ])
  })

  test('gives the id of the request where support will ask for it', async () => {
    const { stdout } = await runHere(['check', 'SERVICE_DOWN', 'NO_POLICY'], { env })
    expect(stdout.match(/opc-request-id: \S+/g)).toHaveLength(1)
  })

  test.each(['0', 'many', '1e3'])(
    'refuses OCI_PROFILES_CHECK_CONCURRENCY=%s',
    async (OCI_PROFILES_CHECK_CONCURRENCY) => {
      const { code, stderr } = await runHere(['check'], {
        env: { ...env, OCI_PROFILES_CHECK_CONCURRENCY },
      })
      expect(code).toBe(2)
      expect(stderr).toMatch(/^error: SETTING_INVALID: check_concurrency .*CHECK_CONCURRENCY/)
    },
  )

  test('--debug tells on stderr what happens and nothing more on stdout', async () => {
    const { stdout, stderr } = await runHere(['check', 'DEFAULT', '--debug'], { env })
    expect(stdout).toMatch(/^DEFAULT {2}works .*\n$/)
    expect(stderr).toMatch(/^\d\d:\d\d:\d\d debug .*auth_profile=DEFAULT/m)
  })
})

describe('doctor', () => {
  test.each([
    ['OCI_CLI_CERT_BUNDLE', '/gone'],
    ['HTTPS_PROXY', 'http://ada:pa#ss@proxy.acme.example:3128'],
  ])('says that %s keeps everything from being called', async (variable, value) => {
    const args = ['doctor', 'DEFAULT', '--output', 'json']
    const { code, stdout } = await runHere(args, { env: { ...env, [variable]: value } })
    const [{ check, findings }] = JSON.parse(stdout)
    expect([code, check.code]).toEqual([1, 'SETTING_INVALID'])
    const faults = findings.filter(({ severity }: any) => severity === 'error')
    const { message, fix } = check
    expect(faults).toMatchObject([{ code: 'SETTING_INVALID', message, fix }])
    expect(message).toContain(variable)
    expect(stdout).not.toContain('pa#ss')
  })

  test('gives the diagnosis of each profile, checked', async () => {
    const args = ['doctor', 'DEFAULT', 'NO_POLICY', '--output', 'json']
    const { code, stdout } = await runHere(args, { env })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject([
      { auth_profile: 'DEFAULT', useable: true, check: { status: 'ok' } },
      { auth_profile: 'NO_POLICY', useable: false, check: { code: 'NOT_AUTHORIZED' } },
    ])
  })

  test('masks what is sensitive and says where each value came from', async () => {
    const args = ['doctor', 'WRONG_PASS_PHRASE', '--output', 'json']
    const { stdout } = await runHere(args, { env })
    const [{ fields }] = JSON.parse(stdout)
    expect(fields.pass_phrase).toMatchObject({ value: '********', source: 'section' })
    expect(fields.region).toMatchObject({ value: 'eu-frankfurt-1', source: 'section' })
    expect(fields.log_requests).toMatchObject({ value: false, source: 'default' })
    expect(stdout).not.toContain('hunter2')
  })

  test('--offline calls nothing; exit code 1 is for what certainly cannot work', async () => {
    const before = emulator.requests.length
    const good = await runHere(['doctor', 'DEFAULT', 'NO_POLICY', '--offline'], { env })
    const bad = await runHere(['doctor', 'DEFAULT', 'SHORT_KEY', '--offline'], { env })
    expect([good.code, bad.code]).toEqual([0, 1])
    expect(emulator.requests).toHaveLength(before)
  })

  test('for people states findings with remedy, then every field with its place', async () => {
    const { stdout } = await runHere(['doctor', 'NO_KEY_FILE'], { env })
    expect(stdout).toMatch(/^NO_KEY_FILE fails \(.+config:\d+\)\n {2}error: KEY_FILE_NOT_FOUND/)
    expect(stdout).toMatch(/^ {4}fix: \S/m)
    expect(stdout).toMatch(/^ {2}region +eu-frankfurt-1 +section .+config:\d+$/m)
    expect(stdout).toMatch(/^ {2}key_file +\*{8} /m)
  })

  test.each(['SERVICE_DOWN', 'NO_POLICY'])(
    'shows the id of the request by which %s failed, below its remedy',
    async (name) => {
      const { stdout } = await runHere(['doctor', name], { env })
      const told = await runHere(['doctor', 'DEFAULT', '--output', 'text'], { env })
      expect(stdout.match(/^ {4}fix: .+\n {4}opc-request-id: \S+$/gm)).toHaveLength(1)
      expect(told.stdout).not.toContain('opc-request-id')
    },
  )

  test('says which other tools read the section otherwise', async () => {
    const { stdout } = await runHere(['doctor', 'DEFAULT', 'SESSION', '--offline'], { env })
    const others = stdout.split('\n').filter((line) => line.startsWith('  other tools: '))
    expect(others).toEqual([
      '  other tools: all read it alike',
      '  other tools: TypeScript SDK differs (1), Java SDK differs (1), Python SDK/OCI CLI differs (1)',
    ])
    expect(stdout).toMatch(/^ {2}info: DIALECT \(security_token_file, line \d+\)$/m)
    const json = await runHere(['doctor', 'DEFAULT', '--offline', '--output', 'json'], { env })
    expect(JSON.parse(json.stdout)[0].dialects[0]).toEqual({
      tool: 'go_sdk',
      reads: 'alike',
      differences: [],
    })
  })

  test('of a name that is not there tells the nearest', async () => {
    const { code, stdout, stderr } = await runHere(['doctor', 'DEFAULTS'], { env })
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('Did you mean "DEFAULT"?')
  })
})

describe('a check that takes long', () => {
  /** A profile that the emulator never answers. */
  const hang = () => emulator.setFault('DEFAULT', { kind: 'silent' })
  const heal = () => emulator.setFault('DEFAULT', null)

  test('is interrupted by Ctrl-C at once, with exit code 130 and nothing on stdout', async () => {
    hang()
    try {
      const before = emulator.requests.length
      const program = startProgram(['check', 'DEFAULT', 'SHORT_KEY'], { env })
      await expect.poll(() => emulator.requests.length, { timeout: 10_000 }).toBeGreaterThan(before)
      const started = performance.now()
      program.child.kill('SIGINT')
      expect(await program.ended).toEqual({ code: 130, stdout: '', stderr: '' })
      expect(performance.now() - started).toBeLessThan(2000)
    } finally {
      heal()
    }
  })

  test('ends without a word when nobody reads its results any more', async () => {
    hang()
    emulator.setFault('ENCRYPTED_KEY', { kind: 'slow', delayMs: 1000 })
    try {
      const names = ['SESSION', 'ENCRYPTED_KEY', 'DEFAULT']
      const line = '("$@"; echo "exit code $?" >&2) | head -1'
      const shell = ['-c', line, 'sh', process.execPath, MAIN, 'check', ...names]
      const { stdout, stderr } = await promisify(execFile)('sh', shell, {
        env: { ...env, PATH: process.env['PATH'], HOME: folder },
      })
      expect(stdout).toMatch(/^SESSION {2}.*\n$/)
      expect(stderr).toBe('exit code 141\n')
    } finally {
      emulator.setFault('ENCRYPTED_KEY', null)
      heal()
    }
  })

  test('shows on a terminal how far it is, after a second, and wipes that', async () => {
    hang()
    const stopping = new AbortController()
    setTimeout(() => stopping.abort(new Interruption('SIGINT')), 1500)
    try {
      const { code, stderr } = await runHere(['check', 'DEFAULT', 'SHORT_KEY'], {
        env,
        columns: 80,
        signal: stopping.signal,
      })
      expect(code).toBe(130)
      expect(stderr).toMatch(/^checking: 1 of 2 done, waiting for DEFAULT\r +\r$/)
    } finally {
      heal()
    }
  })

  test('shows nothing where it is done within a second, or where nobody watches', async () => {
    const quick = await runHere(['check', 'SHORT_KEY'], { env, columns: 80 })
    expect(quick.stderr).toBe('')
  })
})

test('a profile without network is told at once', async () => {
  const file = writeConfig(section('A', { authentication: 'password' }))
  const { code, stdout } = await runHere(['check', '--config-file', file])
  expect(code).toBe(1)
  expect(stdout).toContain('AUTHENTICATION_UNKNOWN')
})

test.each(['-----BEGIN PRIVATE KEY-----\n', '{"user": 1}\n', '[A\nuser=x\n'])(
  'doctor --offline of a file that is none, %j, is no success',
  async (text) => {
    const args = ['doctor', '--offline', '--config-file', writeConfig(text)]
    const { code, stdout, stderr } = await runHere(args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('TEXT_BEFORE_SECTION')
  },
)

test.each([
  ['tenency=ocid1.tenancy.oc1..a', 'tenancy is missing; api_key needs it: its key on line 6'],
  [
    'Key-File=/key.pem',
    'key_file and key_content are missing; api_key needs one of them: its key on',
  ],
  [
    'region eu-paris-1',
    'region is missing; api_key needs it: its key on line 6 has no "=" behind it',
  ],
])('a misspelt key is told as one: %s', async (line, words) => {
  const field = { t: 'tenancy', K: 'key_file', r: 'region' }[line.charAt(0)]
  const others = section('PROD').replace(new RegExp(`^${field}=.*\n`, 'm'), '')
  const { stdout } = await runHere(['check', '--config-file', writeConfig(others + line)])
  expect(stdout).toContain(words)
  const fix = line.startsWith('r')
    ? 'Write "=" behind region on line 6.'
    : `Write "${field}" on line 6, or remove the line.`
  expect(stdout).toContain(`fix: ${fix}`)
})

test('a key on an indented line is told as the cause, above it and of itself', async () => {
  const sound = section('PROD')
  const file = writeConfig(sound.replace('tenancy=', '  tenancy='))
  const { stdout } = await runHere([
    'doctor',
    '--offline',
    '--config-file',
    file,
    '--output',
    'json',
  ])
  const [{ findings }] = JSON.parse(stdout) as [{ findings: Record<string, string>[] }]
  const fix =
    'Remove the white space in front of tenancy, on a line below user: an indented line belongs to the one above it.'
  expect(findings.filter(({ fix: each }) => each === fix).map(({ field }) => field)).toEqual([
    'user',
    'tenancy',
  ])
  const { stdout: checked } = await runHere(['check', '--config-file', file])
  expect(checked).toContain(`fix: ${fix}`)
})
