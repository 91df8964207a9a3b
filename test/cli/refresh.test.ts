/** `refresh` against the emulator. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startEmulator, writeSampleProfiles, type Emulator } from '../../emulator/index.ts'
import { testKey, testOcid, type TestKey } from '../fixtures/identities.ts'
import { MAIN, runHere, runProgram, startProgram } from './program.ts'

const TENANCY = testOcid('tenancy', 'refresh')
const run = promisify(execFile)

let emulator: Emulator
let folder: string
let env: Record<string, string>
let key: TestKey
let token: string

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-test-'))
  key = await testKey('refresh')
  emulator = await startEmulator()
  const { configFile } = await writeSampleProfiles(emulator, folder, 'all')
  env = { OCI_PROFILES_ENDPOINT_URL: emulator.url, OCI_CLI_CONFIG_FILE: configFile }
  const identity = emulator.addIdentity({
    name: 'SHORT',
    user: testOcid('user', 'refresh'),
    tenancy: TENANCY,
    namespace: 'axshort',
    publicKey: key.publicPem,
  })
  token = emulator.mintSessionToken({ identity, publicKey: key.publicPem, expiresInS: 200 })
  const files = { pem: join(folder, 'short.pem'), token: join(folder, 'short-token') }
  writeFileSync(files.pem, key.privatePem)
  const section = [
    '[SHORT]',
    `tenancy=${TENANCY}`,
    'region=eu-frankfurt-1',
    `fingerprint=${key.fingerprint}`,
    `key_file=${files.pem}`,
    `security_token_file=${files.token}`,
  ]
  writeFileSync(configFile, `${readFileSync(configFile, 'utf8')}\n${section.join('\n')}\n`)
})
beforeEach(() => writeFileSync(join(folder, 'short-token'), token))
afterAll(async () => {
  await emulator.close()
  rmSync(folder, { recursive: true })
})

describe('exec --refresh', () => {
  /** Lives for eight seconds; so does every token that it is exchanged for. */
  function writeBrief(name: string): string {
    const identity = emulator.addIdentity({
      name,
      user: testOcid('user', name),
      tenancy: TENANCY,
      namespace: 'axbrief',
      publicKey: key.publicPem,
      tokenLifetimeS: 8,
    })
    const path = (file: string) => join(folder, `${name}.${file}`)
    const brief = emulator.mintSessionToken({ identity, publicKey: key.publicPem })
    writeFileSync(path('token'), brief)
    writeFileSync(
      path('config'),
      [
        `[${name}]`,
        `tenancy=${TENANCY}`,
        'region=eu-frankfurt-1',
        `key_file=${join(folder, 'short.pem')}`,
        `security_token_file=${path('token')}\n`,
      ].join('\n'),
    )
    return path('config')
  }

  const CHECK_LATER = ['--', 'sh', '-c', 'sleep 9; exec "$0" "$@"', process.execPath, MAIN, 'check']

  test('keeps the session going as long as the command runs; without it the session ends', async () => {
    const place = (name: string) => ({ env: { ...env, OCI_CLI_CONFIG_FILE: writeBrief(name) } })
    const [kept, left] = await Promise.all([
      runProgram(['exec', 'KEPT', '--refresh', ...CHECK_LATER], place('KEPT')),
      runProgram(['exec', 'LEFT', ...CHECK_LATER], place('LEFT')),
    ])
    expect(kept).toMatchObject({ code: 0, stderr: '' })
    expect(kept.stdout).toMatch(/^DEFAULT {2}works/)
    expect(left.stdout).toContain('TOKEN_EXPIRED')
  })

  test('starts nothing under a session that cannot be refreshed', async () => {
    const args = ['exec', 'EXPIRED_SESSION', '--refresh', '--', 'true']
    const { code, stderr } = await runProgram(args, { env })
    expect(code).toBe(1)
    expect(stderr).toMatch(
      /TOKEN_EXPIRED: "EXPIRED_SESSION" does not work, so the command was not started/,
    )
  })

  test('says once that it fails, and lets the command run on', async () => {
    const place = { env: { ...env, OCI_CLI_CONFIG_FILE: writeBrief('CUT') } }
    const program = startProgram(
      ['exec', 'CUT', '--refresh', '--', 'sh', '-c', 'echo on; sleep 8'],
      place,
    )
    await program.printed(/^on$/m)
    emulator.setFault('CUT', { kind: 'status', status: 500, service: 'auth' })
    const { code, stderr } = await program.ended
    emulator.setFault('CUT', null)
    expect(code).toBe(0)
    const told = stderr.trimEnd().split('\n')
    expect(told[0]).toMatch(/^oci-profiles: the session of CUT was not refreshed: SERVICE_ERROR: /)
    // It may end before the command does, and that is told, too.
    expect(new Set(told.map((line) => / refreshed: (\w+):/.exec(line)?.[1])).size).toBe(told.length)
  })

  test('leaves alone what is no session', async () => {
    const { code, stdout } = await runProgram(['exec', 'DEFAULT', '--refresh', '--', 'echo', 'x'], {
      env,
    })
    expect([code, stdout]).toEqual([0, 'x\n'])
  })
})

describe('refresh', () => {
  test('without a name refreshes every session, and says what became of each', async () => {
    const { code, stdout, stderr } = await runProgram(['refresh'], { env })
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const lines = stdout.split('\n')
    expect(lines[0]).toMatch(
      /^SESSION {10}goes on {2}until \S+Z, for 2\d h.*: OCI gives it no token that ends later$/,
    )
    expect(lines[1]).toMatch(/^EXPIRED_SESSION {2}fails {2}TOKEN_EXPIRED: /)
    expect(lines[2]).toMatch(/^ {4}fix: Run: oci session authenticate --profile-name EXPIRED_/)
    expect(lines[3]).toMatch(/^SHORT {12}refreshed {2}until \S+Z, for (?:59 min \d+ s|1 h)$/)
    expect(lines).toHaveLength(5)
    expect(readFileSync(join(folder, 'short-token'), 'utf8')).not.toBe(token)
    expect(stdout).not.toContain(token.split('.')[2])
  })

  test('gives JSON for each that was named', async () => {
    const args = ['refresh', 'short', 'DEFAULT', '--output', 'json']
    const { code, stdout } = await runHere(args, { env })
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toEqual([
      {
        auth_profile: 'SHORT',
        refreshed: true,
        token_expires_at: expect.stringMatching(/^\d{4}-.*Z$/),
        code: null,
        message: expect.stringMatching(/^until /),
        fix: null,
      },
      {
        auth_profile: 'DEFAULT',
        refreshed: false,
        token_expires_at: null,
        code: 'NOT_A_SESSION',
        message: '"DEFAULT" has no session: only profiles of type security_token have one',
        fix: expect.stringContaining('API keys do not end'),
      },
    ])
  })

  test('exits with 0 where all that was asked for goes on', async () => {
    const named = await runHere(['refresh', 'SHORT', 'SESSION'], { env })
    expect([named.code, named.stderr]).toEqual([0, ''])
    const chosen = await runHere(['refresh', '--profile', 'SHORT'], { env })
    expect([chosen.code, chosen.stdout.split('\n')[0]]).toEqual([
      0,
      expect.stringMatching(/^SHORT {2}(?:refreshed|goes on)/),
    ])
  })

  test('says that a name is unknown, and that there is nothing to refresh', async () => {
    const unknown = await runHere(['refresh', 'SHROT'], { env })
    expect(unknown).toMatchObject({ code: 1, stdout: '' })
    expect(unknown.stderr).toContain('Did you mean "SHORT"?')
    const file = join(folder, 'keys-only')
    writeFileSync(file, '[A]\nuser=ocid1.user.oc1..a\n')
    const none = await runHere(['refresh', '--config-file', file], { env })
    expect(none).toMatchObject({ code: 0, stdout: '' })
    expect(none.stderr).toContain('There is no session to refresh')
  })

  test('says on a terminal what it waits for, and ends at once when it is interrupted', async () => {
    emulator.setFault(null, { kind: 'silent', service: 'auth' })
    const interruption = new AbortController()
    const running = runHere(['refresh', 'SHORT'], {
      env,
      columns: 80,
      signal: interruption.signal,
    })
    setTimeout(() => interruption.abort(), 1_500)
    const { stderr } = await running
    emulator.setFault(null, [])
    expect(stderr).toContain('refreshing: 0 of 1 done, waiting for SHORT')
    expect(readFileSync(join(folder, 'short-token'), 'utf8')).toBe(token)
  })

  test('of two at once each leaves a token that works', async () => {
    const both = await Promise.all([1, 2].map(() => runProgram(['refresh', 'SHORT'], { env })))
    expect(both.map(({ code }) => code)).toEqual([0, 0])
    const { stdout } = await runHere(['check', 'SHORT'], { env })
    expect(stdout).toMatch(/^SHORT {2}works/)
  })

  test('keeps the old token where the disk takes no new one', async () => {
    const line = 'ulimit -f 0; exec "$0" "$@"'
    const args = ['-c', line, process.execPath, MAIN, 'refresh', 'SHORT']
    const options = { env: { ...process.env, HOME: folder, ...env } }
    const failed = await run('sh', args, options).catch((error: unknown) => error)
    expect(failed).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/TOKEN_FILE_NOT_WRITTEN: .*\(EFBIG\)[^]*fix: Make room/),
    })
    expect(readFileSync(join(folder, 'short-token'), 'utf8')).toBe(token)
  })
})
