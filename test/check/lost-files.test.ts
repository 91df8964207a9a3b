/** Paths that lead nowhere, copied from elsewhere as they are: the cause, and where a file of that name is. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectOffline } from '../../src/check/index.ts'
import { createProfile, type OciProfileInput } from '../../src/schemas/index.ts'
import { testKey, testOcid } from '../fixtures/identities.ts'
import { makeToken } from './material.ts'

let home = ''
let base: OciProfileInput

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'oci-profiles-lost-'))
  const key = await testKey()
  await mkdir(join(home, '.oci', 'sessions', 'DEV'), { recursive: true })
  await mkdir(join(home, 'elsewhere'))
  for (const path of ['.oci/key.pem', '.oci/sessions/DEV/oci_api_key.pem', 'elsewhere/mine.pem']) {
    await writeFile(join(home, path), key.privatePem, { mode: 0o600 })
  }
  await writeFile(join(home, '.oci/sessions/DEV/token'), makeToken({}))
  base = {
    auth_profile: 'DEV',
    user: testOcid('user', 'ada'),
    tenancy: testOcid('tenancy', 'test'),
    region: 'eu-frankfurt-1',
    fingerprint: key.fingerprint,
    origin: { kind: 'file', file: join(home, '.oci', 'config'), line: 1 },
  }
})
afterAll(() => rm(home, { recursive: true }))

async function inspect(changes: Partial<OciProfileInput>) {
  const profile = createProfile({ ...base, ...changes })
  const [finding, ...more] = await inspectOffline(profile, { env: { HOME: home } })
  expect(more).toEqual([])
  return finding!
}

const isPosix = process.platform !== 'win32'

describe.skipIf(!isPosix)('a key file is found', () => {
  const at = 'a file of that name is at ~/.oci/key.pem'

  test.each([
    ['of the user root of a container', '/root/.oci/key.pem', at],
    ['of another user', '/home/other/.oci/key.pem', at],
    ['in a folder that is only there', '/secrets/key.pem', at],
    ['of Windows', String.raw`C:\Users\ada\.oci\key.pem`, `that is a path of Windows; ${at}`],
    ['with a variable', '$HOME/.oci/key.pem', `variables are not expanded in it; ${at}`],
    [
      'with its braces',
      '$'.concat('{HOME}/.oci/key.pem'),
      `variables are not expanded in it; ${at}`,
    ],
    [
      'with a variable of Windows',
      String.raw`%USERPROFILE%\.oci\key.pem`,
      `variables are not expanded in it; ${at}`,
    ],
    [
      'behind the name of a user',
      '~ada/.oci/key.pem',
      `~ stands for one's own home only, in ~/...; ${at}`,
    ],
    [
      'that counts from the folder of the config file',
      'key.pem',
      `a relative path counts from the working directory, ${resolve('.')}; ${at}`,
    ],
  ])('%s', async (_, key_file, cause) => {
    expect(await inspect({ key_file })).toMatchObject({
      code: 'KEY_FILE_NOT_FOUND',
      field: 'key_file',
      message: `${key_file} does not exist: ${cause}`,
      fix: 'Write key_file = ~/.oci/key.pem',
    })
  })

  test('by its folders below .oci rather than by its name alone', async () => {
    const { fix } = await inspect({ key_file: '/root/.oci/sessions/DEV/oci_api_key.pem' })
    expect(fix).toBe('Write key_file = ~/.oci/sessions/DEV/oci_api_key.pem')
  })

  test.each([
    ['"~/.oci/key.pem"', 'Remove the quotes around key_file.'],
    ["'~/elsewhere/mine.pem'", 'Remove the quotes around key_file.'],
    ['/root/.oci/key.pem # mine', 'Put the comment of key_file on a line of its own'],
  ])('in spite of what is written around it: %s', async (key_file, fix) => {
    const found = await inspect({ key_file })
    expect(found.message).toContain(`${key_file} does not exist: key_file `)
    expect(found.fix).toContain(fix)
    expect(found.fix).toMatch(/ Write key_file = ~\/(?:\.oci\/key|elsewhere\/mine)\.pem$/)
  })

  test('behind a folder that is missing and left again', async () => {
    const key_file = `${home}/elsewhere/sessions/../mine.pem`
    expect((await inspect({ key_file })).fix).toBe('Write key_file = ~/elsewhere/mine.pem')
  })

  test.each([
    ['elsewhere/Mine.pem', 'elsewhere/mine.pem'],
    ['ELSEWHERE/mine.PEM', 'elsewhere/mine.pem'],
    ['elsewhere/mien.pem', 'elsewhere/mine.pem'],
    ['.oci/sessions/Dev/oci_api_key.pem', '.oci/sessions/DEV/oci_api_key.pem'],
  ])('that is called almost so: %s', async (written, found) => {
    const finding = await inspect({ key_file: join(home, written) })
    expect(finding.message).toMatch(/ does not exist: a file of nearly that name is at ~\/\S+$/)
    expect(finding.fix).toBe(`Write key_file = ~/${found}`)
  })

  test('that is called almost so only if it is the key of the fingerprint', async () => {
    const fingerprint = Array(16).fill('ab').join(':')
    const { fix } = await inspect({ fingerprint, key_file: join(home, 'elsewhere/mien.pem') })
    expect(fix).toBe('Correct key_file, or put the key there.')
  })

  test('in pass_phrase, while key_file has what is secret', async () => {
    const found = await inspect({ key_file: 'hunter2 canary', pass_phrase: '~/.oci/key.pem' })
    expect(found).toMatchObject({
      code: 'KEY_FILE_NOT_FOUND',
      message: 'key_file names no file, and pass_phrase does: they look exchanged',
      fix: 'Exchange the values of key_file and pass_phrase.',
    })
  })

  test('outside of the home by its whole path', async () => {
    const folder = join(home, 'elsewhere')
    const origin = { kind: 'file', file: join(folder, 'config'), line: 1 } as const
    const profile = createProfile({ ...base, key_file: '/root/mine.pem', origin })
    const [found] = await inspectOffline(profile, { env: { HOME: '/none' } })
    expect(found?.fix).toBe(`Write key_file = ${join(folder, 'mine.pem')}`)
  })
})

test.each(['/none/lost.pem', '/none/.oci', '/', '..', '/none/sessions', '/none/../key.pem'])(
  'nothing is offered for %s, which is no file anywhere',
  async (key_file) => {
    const { fix } = await inspect({ key_file })
    expect(fix).not.toContain('Write key_file')
  },
)

test.skipIf(!isPosix)('a token file is found in the same way', async () => {
  const session = { authentication: 'security_token', user: null, fingerprint: null }
  const key_file = join(home, '.oci', 'key.pem')
  const security_token_file = '/root/.oci/sessions/DEV/token'
  const found = await inspect({ ...session, key_file, security_token_file })
  expect(found).toMatchObject({
    code: 'TOKEN_FILE_NOT_FOUND',
    fix: 'Write security_token_file = ~/.oci/sessions/DEV/token',
  })
  const lost = await inspect({ ...session, key_file, security_token_file: '/root/.oci/lost' })
  expect(lost.fix).toBe('Run: oci session authenticate --profile-name DEV --region eu-frankfurt-1')
})

test('a session in another config file is begun there', async () => {
  const session = { authentication: 'security_token', user: null, fingerprint: null }
  const origin = { kind: 'file', file: '/etc/oci/my config', line: 1 } as const
  const key_file = join(home, '.oci', 'key.pem')
  const { fix } = await inspect({ ...session, origin, key_file, security_token_file: '/none' })
  expect(fix).toBe(
    "Run: oci session authenticate --profile-name DEV --region eu-frankfurt-1 --config-location '/etc/oci/my config'",
  )
})

test('a relative path of a file that is there is no fault', async () => {
  const key_file = relative(process.cwd(), join(home, '.oci', 'key.pem'))
  const profile = createProfile({ ...base, key_file })
  expect(await inspectOffline(profile, { env: { HOME: home } })).toEqual([])
})
