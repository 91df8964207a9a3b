/** `exec`: a command under a profile, with its own streams, signals and exit code. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { startEmulator, writeSampleProfiles, type Emulator } from '../../emulator/index.ts'
import type { ChildCommand } from '../../src/cli/child-command.ts'
import { Interruption } from '../../src/cli/interruption.ts'
import { section, writeConfig } from './config-files.ts'
import { canUseTerminal, ctrlC, runOnTerminal } from './on-terminal.ts'
import { MAIN, makeFolder, runHere, runProgram, startProgram } from './program.ts'

const TWO = () =>
  writeConfig(
    [
      section('DEFAULT', { pass_phrase: 'of-default' }),
      section('PROD', { region: 'us-ashburn-1', key_file: 'prod.pem', pass_phrase: 'hunter2' }),
    ].join('\n'),
  )

/** What would be started. */
async function started(args: readonly string[], env: Record<string, string> = {}) {
  let child: ChildCommand | undefined
  const ended = await runHere(['exec', ...args], {
    env: { OCI_CLI_CONFIG_FILE: TWO(), ...env },
    runChild: async (command) => {
      child = command
      return 0
    },
  })
  return { ...ended, child }
}

describe('the environment of the command', () => {
  const IDENTITIES = {
    OCI_CLI_USER: 'another',
    OCI_CLI_KEY_CONTENT: 'another',
    OCI_CLI_SECURITY_TOKEN_FILE: 'another',
    OCI_CLI_DELEGATION_TOKEN_FILE: 'another',
    OCI_CLI_ENDPOINT: 'another',
    OCI_CONFIG_FILE: 'another',
    OCI_CONFIG_PROFILE: 'another',
    OCI_CONFIG_FILE_PROFILE: 'another',
    OCI_REGION: 'another',
    OCI_TENANCY: 'another',
    OCI_AUTH: 'another',
    OCI_PRIVATE_KEY: 'another',
    OCI_private_key: 'another',
    OCI_USER_ID: 'another',
    OCI_ANSIBLE_AUTH_TYPE: 'another',
    OCI_RESOURCE_PRINCIPAL_VERSION: 'another',
    OCI_RESOURCE_PRINCIPAL_RPST: 'another',
    TF_VAR_user_ocid: 'another',
    TF_VAR_private_key: 'another',
    TF_VAR_config_file_profile: 'another',
    TF_VAR_obo_token: 'another',
  }
  const SURROUNDINGS = {
    PATH: '/usr/bin',
    HTTPS_PROXY: 'http://proxy',
    NO_PROXY: 'local',
    OCI_CLI_CERT_BUNDLE: '/ca.pem',
    OCI_CLI_RC_FILE: '/rc',
    OCI_METADATA_BASE_URL: 'http://metadata',
    OCI_REGION_METADATA: '{}',
    OCI_PROFILES_ENDPOINT_URL: 'http://emulator',
    OCI_PROFILES_ENDPOINT_URL_IDENTITY: 'http://emulator',
    KUBERNETES_SERVICE_HOST: 'k8s',
    TF_VAR_bucket: 'mine',
    TF_LOG: 'debug',
  }

  test('has nothing of another identity, and all of this one', async () => {
    const { child } = await started(['PROD', '--', 'true'], { ...IDENTITIES, ...SURROUNDINGS })
    expect(Object.values(child?.env ?? {})).not.toContain('another')
    expect(child?.env).toMatchObject({
      OCI_CLI_PROFILE: 'PROD',
      OCI_CLI_AUTH: 'api_key',
      OCI_CLI_REGION: 'us-ashburn-1',
      OCI_CLI_PASSPHRASE: 'hunter2',
      OCI_REGION: 'us-ashburn-1',
      TF_VAR_auth: 'ApiKey',
      TF_VAR_private_key_password: 'hunter2',
      OCI_region: 'us-ashburn-1',
    })
  })

  test('keeps what is of the machine and its network', async () => {
    const { child } = await started(['PROD', '--', 'true'], { ...IDENTITIES, ...SURROUNDINGS })
    expect(child?.env).toMatchObject(SURROUNDINGS)
  })

  test.each([
    { authentication: 'resource_principal', keeps: true },
    { authentication: 'oke_workload_identity', keeps: true },
    { authentication: 'instance_principal', keeps: false },
  ])('keeps the resource principal for $authentication: $keeps', async (each) => {
    const OCI_CLI_CONFIG_FILE = writeConfig(`[P]\nauthentication=${each.authentication}\n`)
    const { child } = await started(['P', '--', 'true'], { ...IDENTITIES, OCI_CLI_CONFIG_FILE })
    expect('OCI_RESOURCE_PRINCIPAL_RPST' in (child?.env ?? {})).toBe(each.keeps)
    expect(child?.env).not.toHaveProperty('OCI_CLI_USER')
  })

  test('is told by name to --debug, never by value', async () => {
    const { stderr } = await started(['PROD', '--debug', '--', 'true'], IDENTITIES)
    expect(stderr).toContain('OCI_CLI_PASSPHRASE')
    expect(stderr).toContain('OCI_CLI_DELEGATION_TOKEN_FILE')
    expect(stderr).not.toMatch(/hunter2|another/)
  })

  test('makes a nested oci-profiles read the profile as DEFAULT, and the others as before', async () => {
    const env = { OCI_CLI_CONFIG_FILE: TWO() }
    const list = ['list', '--include-sensitive', '--output', 'json']
    const outer = JSON.parse((await runHere(list, { env })).stdout)
    const args = ['exec', 'PROD', '--', process.execPath, MAIN, ...list]
    const { code, stdout, stderr } = await runProgram(args, { env, cwd: '/' })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const [nested, prod] = JSON.parse(stdout)
    expect(prod).toEqual(outer[1])
    const { auth_profile, origin, ...identity } = outer[1]
    expect(nested).toMatchObject({ ...identity, key_file: '/prod.pem', auth_profile: 'DEFAULT' })
    expect([auth_profile, origin.kind]).toEqual(['PROD', 'file'])
  })
})

test('exec inside of exec means the profiles of the file, DEFAULT too', async () => {
  const outer = await started(['PROD', '--', 'true'])
  const inner = await started(['DEFAULT', '--', 'true'], { ...outer.child?.env })
  const alone = await started(['DEFAULT', '--', 'true'], {
    OCI_CLI_CONFIG_FILE: outer.child?.env['OCI_CLI_CONFIG_FILE'] ?? '',
  })
  expect(inner.child?.env).toEqual(alone.child?.env)
  expect(inner.child?.env).toMatchObject({ OCI_CLI_PASSPHRASE: 'of-default' })
})

describe('the line', () => {
  test('behind "--" is the command, whatever it looks like', async () => {
    const line = ['ls', '-l', '--profile', 'X', '--help', '--', 'exec', '']
    const { code, child } = await started(['prod', '--', ...line])
    expect(code).toBe(0)
    expect([child?.program, ...(child?.args ?? [])]).toEqual(line)
    expect(child?.env['OCI_CLI_PROFILE']).toBe('PROD')
  })

  test.each([
    { args: ['--', 'true'], profile: 'DEFAULT' },
    { args: ['--profile', 'prod', '--', 'true'], profile: 'PROD' },
    { args: ['exec', '--', 'true'], profile: undefined },
  ])('$args runs under $profile', async ({ args, profile }) => {
    const { child } = await started(args)
    expect(child?.env['OCI_CLI_PROFILE']).toBe(profile)
  })

  const WRONG = [
    { args: [], says: 'oci-profiles exec NAME -- COMMAND' },
    { args: ['PROD'], says: 'oci-profiles exec PROD -- COMMAND' },
    { args: ['PROD', '--'], says: 'oci-profiles exec PROD -- COMMAND' },
    { args: ['PROD', 'ls', '-l', 'a b'], says: "oci-profiles exec PROD -- ls -l 'a b'" },
    { args: ['--config-file', 'x', 'PROD', 'ls'], says: 'oci-profiles exec NAME -- COMMAND' },
    { args: ['PROD', 'DEV', '--', 'ls'], says: 'too many arguments' },
    { args: ['--chek', '--', 'ls'], says: 'Did you mean --check?' },
    { args: ['--output', 'json', '--', 'ls'], says: '"exec" does not take --output' },
    { args: ['PROD', '--profile', 'DEV', '--', 'ls'], says: 'named both as an argument and by' },
  ]
  test.each(WRONG)('$args is wrong usage: $says', async ({ args, says }) => {
    const { code, stdout, stderr, child } = await started(args)
    expect({ code, stdout, child }).toEqual({ code: 2, stdout: '', child: undefined })
    expect(stderr).toMatch(/^error: USAGE: .+\nfix: .+\n$/)
    expect(stderr).toContain(says)
  })

  test('of another command keeps its "--"', async () => {
    const env = { OCI_CLI_CONFIG_FILE: TWO() }
    const { stdout } = await runHere(['show', '--output', 'json', '--', 'prod'], { env })
    expect(JSON.parse(stdout)).toMatchObject({ auth_profile: 'PROD' })
  })

  test('with the name of no profile starts nothing', async () => {
    const { code, stderr, child } = await started(['PORD', '--', 'true'])
    expect({ code, child }).toEqual({ code: 1, child: undefined })
    expect(stderr).toContain('Did you mean "PROD"?')
  })
})

describe('the command', () => {
  const exec = (line: readonly string[], input = '') => {
    const program = startProgram(['exec', 'PROD', '--', ...line], {
      env: { OCI_CLI_CONFIG_FILE: TWO() },
    })
    program.child.stdin?.end(input)
    return program.ended
  }

  test('has our streams', async () => {
    const ended = await exec(['sh', '-c', 'cat; echo to stderr >&2'], 'from stdin\n')
    expect(ended).toEqual({ code: 0, stdout: 'from stdin\n', stderr: 'to stderr\n' })
  })

  test.each([
    { what: 'its exit code', script: 'exit 7', code: 7 },
    { what: '128 + 15 when SIGTERM ended it', script: 'kill -TERM $$', code: 143 },
    { what: '128 + 9 when SIGKILL ended it', script: 'kill -KILL $$', code: 137 },
  ])('gives $what', async ({ script, code }) => {
    expect(await exec(['sh', '-c', script])).toEqual({ code, stdout: '', stderr: '' })
  })

  test('gets its arguments as they are', async () => {
    const args = ['', ' a  b ', '$HOME', '*', '--', '"', "'"]
    const { stdout } = await exec(['sh', '-c', 'printf "[%s]" "$@"', 'sh', ...args])
    expect(stdout).toBe(args.map((arg) => `[${arg}]`).join(''))
  })

  test('is not kept by a reader that goes away', async () => {
    const line = `"$@" | head -1`
    const args = ['-c', line, 'sh', process.execPath, MAIN, 'exec', 'PROD', '--', 'yes']
    const env = { PATH: process.env['PATH'], OCI_CLI_CONFIG_FILE: TWO() }
    expect(await promisify(execFile)('sh', args, { env })).toEqual({ stdout: 'y\n', stderr: '' })
  })

  test.each(['no-such-command', '/no/such/command', ''])('%j is not there: 127', async (name) => {
    const { code, stdout, stderr } = await exec([name])
    expect({ code, stdout }).toEqual({ code: 127, stdout: '' })
    expect(stderr).toMatch(/^error: COMMAND_NOT_FOUND: There is no command .+\nfix: Correct .+\n$/)
  })

  test('that may not be executed is 126', async () => {
    const folder = makeFolder()
    const script = join(folder, 'script')
    writeFileSync(script, '#!/bin/sh\n', { mode: 0o600 })
    const forbidden = await exec([script])
    expect(forbidden.code).toBe(126)
    expect(forbidden.stderr).toContain(`${script} cannot be run: this user may not`)
    expect(forbidden.stderr).toContain('chmod +x')
    const { code, stderr } = await exec([folder])
    expect(code).toBe(126)
    expect(stderr).toContain(`COMMAND_NOT_EXECUTABLE: ${folder} cannot be run: it is a folder`)
  })

  test('whose lines end with CR LF is told by that, with the command that mends it', async () => {
    const script = join(makeFolder(), 'my script')
    writeFileSync(script, '#!/bin/sh\r\nexit 5\r\n', { mode: 0o700 })
    const { code, stderr } = await exec([script])
    expect(code).toBe(126)
    expect(stderr).toContain('its lines end with CR LF')
    const [, command = ''] = /^fix: Take them away: (.*)$/m.exec(stderr) ?? []
    await promisify(execFile)('sh', ['-c', command])
    expect((await exec([script])).code).toBe(5)
  })

  test('whose interpreter is not there is 126, and the reason is told', async () => {
    const script = join(makeFolder(), 'script')
    writeFileSync(script, '#!/no/such/interpreter\n')
    chmodSync(script, 0o700)
    const { code, stderr } = await exec([script])
    expect(code).toBe(126)
    expect(stderr).toContain('the interpreter that its first line names is not there')
  })
})

/** Tells the signals that it gets, and ends by SIGTERM or a line of input with exit code 9. */
const COUNTING = `
  for (const name of ['SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGTERM']) {
    process.on(name, () => {
      console.log('got ' + name)
      if (name === 'SIGTERM') process.exit(9)
    })
  }
  process.stdin.once('data', () => process.exit(9))
  setInterval(() => {}, 1000)
  console.log('ready')
`

describe('a signal', () => {
  /** Without a terminal, wherever the tests run. */
  async function startCounting() {
    const line = ['exec', 'PROD', '--', process.execPath, '-e', COUNTING]
    const env = { PATH: process.env['PATH'], OCI_CLI_CONFIG_FILE: TWO() }
    const child = spawn(process.execPath, [MAIN, ...line], {
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    // The command, too.
    onTestFinished(() => {
      if (child.exitCode === null && child.pid) process.kill(-child.pid, 'SIGKILL')
    })
    let stdout = ''
    child.stdout.setEncoding('utf8').on('data', (part: string) => (stdout += part))
    const ended = once(child, 'close').then(([code]) => ({ code, stdout }))
    const told = async (text: string) => {
      await expect.poll(() => stdout, { timeout: 15_000 }).toContain(text)
    }
    await told('ready\n')
    return { child, ended, told }
  }

  test('is passed on, once, and the command decides what becomes of it', async () => {
    const { child, ended, told } = await startCounting()
    for (const signal of ['SIGINT', 'SIGINT', 'SIGHUP', 'SIGUSR2', 'SIGQUIT'] as const) {
      child.kill(signal)
      await told(`got ${signal}`)
    }
    child.kill('SIGTERM')
    const { code, stdout } = await ended
    expect(code).toBe(9)
    const counts = Map.groupBy(stdout.trim().split('\n'), (line) => line)
    expect(Object.fromEntries([...counts].map(([line, lines]) => [line, lines.length]))).toEqual({
      ready: 1,
      'got SIGINT': 2,
      'got SIGHUP': 1,
      'got SIGUSR2': 1,
      'got SIGQUIT': 1,
      'got SIGTERM': 1,
    })
  })

  test('before the command is started means that it is not', async () => {
    const stopping = new AbortController()
    stopping.abort(new Interruption('SIGINT'))
    const { code, stderr } = await runHere(['exec', 'PROD', '--', 'true'], {
      env: { OCI_CLI_CONFIG_FILE: TWO() },
      signal: stopping.signal,
    })
    expect({ code, stderr }).toEqual({ code: 130, stderr: '' })
  })

  test.skipIf(!canUseTerminal)('typed at a terminal reaches the command once', async () => {
    const { output, code, cooked } = await runOnTerminal(
      ['exec', 'PROD', '--', process.execPath, '-e', COUNTING],
      {
        env: { OCI_CLI_CONFIG_FILE: TWO() },
        steps: [
          ctrlC({ text: 'ready' }),
          // Later than a second Ctrl-C ends this program itself.
          ctrlC({ text: 'got SIGINT', after: 0.6 }),
          { text: 'got SIGINT', keys: '\u001c' },
          { text: 'got SIGQUIT', keys: 'end\r' },
        ],
      },
    )
    expect(output.match(/got SIGINT/g)).toHaveLength(2)
    expect(output.match(/got SIGQUIT/g)).toHaveLength(1)
    expect({ code, cooked }).toEqual({ code: 9, cooked: true })
  })
})

describe('--check', () => {
  let emulator: Emulator
  let folder: string
  let env: Record<string, string>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cli-test-'))
    emulator = await startEmulator()
    const { configFile } = await writeSampleProfiles(emulator, folder, 'all')
    env = { OCI_PROFILES_ENDPOINT_URL: emulator.url, OCI_CLI_CONFIG_FILE: configFile }
  })
  afterAll(async () => {
    await emulator.close()
    rmSync(folder, { recursive: true })
  })

  test('starts the command under a profile that works', async () => {
    const { code, child } = await started(['SESSION', '--check', '--', 'true'], env)
    expect({ code, program: child?.program }).toEqual({ code: 0, program: 'true' })
  })

  test('does not start it under one that does not, and says why', async () => {
    const { code, stderr, child } = await started(
      ['WRONG_FINGERPRINT', '--check', '--', 'true'],
      env,
    )
    expect({ code, child }).toEqual({ code: 1, child: undefined })
    expect(stderr).toMatch(
      /^error: FINGERPRINT_MISMATCH: "WRONG_FINGERPRINT" does not work, so the command was not started: .+\nfix: .+\n$/,
    )
  })

  test.each(['SESSION', 'DEFAULT', 'ENCRYPTED_KEY'])(
    'of a nested oci-profiles finds %s to work as DEFAULT',
    async (name) => {
      const check = ['check', 'DEFAULT', '--output', 'json']
      const args = ['exec', name, '--', process.execPath, MAIN, ...check]
      const { code, stdout } = await runProgram(args, { env })
      expect(code).toBe(0)
      expect(JSON.parse(stdout)).toMatchObject([{ auth_profile: 'DEFAULT', useable: true }])
    },
  )
})

describe.runIf(canUseTerminal)('at a terminal, exec without a command', () => {
  const env = { OCI_CLI_CONFIG_FILE: '', SHELL: '/bin/sh', PS1: '$ ', OCI_CLI_USER: 'left over' }

  test('starts the shell of SHELL, which is the profile until it ends', async () => {
    const { output, code, cooked } = await runOnTerminal(['exec', 'PROD'], {
      env: { ...env, OCI_CLI_CONFIG_FILE: TWO() },
      steps: [
        { text: 'leaves it.', keys: 'echo "user=$OCI_CLI_USER profile=$OCI_CLI_PROFILE"\r' },
        { text: 'profile=PROD', keys: '\u0003' },
        { after: 0.3, keys: 'exit 7\r' },
      ],
    })
    expect(output).toMatch(/^\/bin\/sh under the profile PROD; "exit" leaves it\.\r\n/)
    expect(output).toMatch(/user=ocid1\.user\.\S+ profile=PROD/)
    expect([code, cooked]).toEqual([7, true])
  })

  test('starts none under a profile that is not there', async () => {
    const { output, code } = await runOnTerminal(['exec', 'terraform'], {
      env: { ...env, OCI_CLI_CONFIG_FILE: TWO() },
    })
    expect(output).toContain('There is no profile "terraform"')
    expect(code).toBe(1)
  })
})

test.each([[['exec', 'PROD']], [['exec', 'PROD', '--']], [['exec']]])(
  'without a terminal, %j asks for a command',
  async (args) => {
    const { code, stderr } = await runHere(args, { env: { OCI_CLI_CONFIG_FILE: TWO() } })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^error: USAGE: no command to run\nfix: Put the command behind "--": /)
  },
)
