/** Offline rules on key and token: each fault of a real file, with the way to mend it. */
import { chmod, rm, utimes, writeFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectOffline } from '../../src/check/index.ts'
import type { Finding, OciProfileInput } from '../../src/schemas/index.ts'
import { makeMaterial, makeToken, PASS_PHRASE, type Material } from './material.ts'

const env = {}
const isRoot = process.getuid?.() === 0
let material: Material

beforeAll(async () => {
  material = await makeMaterial()
})
afterAll(() => material[Symbol.asyncDispose]())

type Changes = Partial<OciProfileInput>

const inspectKey = (changes: Changes) => inspectOffline(material.profile(changes), { env })
const inspectSession = (changes: Changes, now?: () => number) =>
  inspectOffline(material.session(changes), { env, now })

/** Messages and fixes with the folder's path shortened to `~`. */
function shown([finding, ...more]: Finding[]) {
  expect(more).toEqual([])
  const shorten = (text = '') => text.replaceAll(material.folder, '~')
  return {
    code: finding?.code,
    field: finding?.field,
    message: shorten(finding?.message),
    fix: shorten(finding?.fix),
  }
}

describe('a key', () => {
  test.each<{ name: string; more?: Changes; code: string; message: string; fix: string }>([
    {
      name: 'lost.pem',
      code: 'KEY_FILE_NOT_FOUND',
      message: '~/lost.pem does not exist',
      fix: 'Correct key_file, or put the key there.',
    },
    {
      name: 'folder',
      code: 'KEY_FILE_UNREADABLE',
      message: '~/folder is a directory',
      fix: 'Name the private key itself in key_file, not a folder.',
    },
    {
      name: 'text.pem',
      code: 'KEY_INVALID',
      message: 'the key in ~/text.pem is not a private key in PEM',
      fix: 'Name the file of the private key, which starts with a line such as -----BEGIN PRIVATE KEY-----.',
    },
    {
      name: 'broken.pem',
      code: 'KEY_INVALID',
      message: 'the key in ~/broken.pem is damaged: its END line is missing',
      fix: 'Copy the whole file again.',
    },
    {
      name: 'key_public.pem',
      code: 'KEY_IS_PUBLIC',
      message: 'the key in ~/key_public.pem is the public half of a key',
      fix: 'Write key_file = ~/key.pem',
    },
    {
      name: 'lonely_public.pem',
      code: 'KEY_IS_PUBLIC',
      message: 'the key in ~/lonely_public.pem is the public half of a key',
      fix: 'Name the private key: often the same name without "_public".',
    },
    {
      name: 'ec.pem',
      code: 'KEY_NOT_RSA',
      message: 'the key in ~/ec.pem is of type ec; OCI takes RSA only',
      fix: 'OCI signs with RSA: make an RSA key of 2048 bits or more',
    },
    {
      name: 'short.pem',
      code: 'KEY_TOO_SHORT',
      message: 'the key in ~/short.pem has 1024 bits; OCI takes 2048 or more',
      fix: 'Make an RSA key of 2048 bits or more',
    },
  ])('$code: $name', async ({ name, code, message, fix }) => {
    const found = shown(await inspectKey({ key_file: material.path(name) }))
    expect(found).toMatchObject({ code, field: 'key_file' })
    expect(found.message).toContain(message)
    expect(found.fix).toContain(fix)
  })

  test.skipIf(isRoot)('KEY_FILE_UNREADABLE: a file without the right to read it', async () => {
    const path = material.path('locked key.pem')
    await writeFile(path, material.key.privatePem, { mode: 0o600 })
    await chmod(path, 0o000)
    const found = shown(await inspectKey({ key_file: path }))
    expect(found.code).toBe('KEY_FILE_UNREADABLE')
    expect(found.fix).toContain("chmod u+r '~/locked key.pem'")
  })

  test.each<[string, string, string]>([
    ['quotes', '"/home/ada/key.pem"', 'Remove the quotes around key_file.'],
    ['a comment', '/home/ada/key.pem # TODO', 'Put the comment of key_file on a line of its own'],
    ['a placeholder', '<path to your private keyfile> # TODO', 'Put the real value of key_file'],
  ])('KEY_FILE_NOT_FOUND sees %s in the path', async (_what, key_file, fix) => {
    const found = shown(await inspectKey({ key_file }))
    expect(found.code).toBe('KEY_FILE_NOT_FOUND')
    expect(found.message).toMatch(/does not exist: key_file (is|has) /)
    expect(found.fix).toContain(fix)
  })

  test.each(['/Users/ada/.oci/key.pem', 'C:\\Users\\ada\\.oci\\key.pem'])(
    'KEY_FILE_NOT_FOUND finds the key of %s beside the config file, as in a container',
    async (key_file) => {
      const origin = { kind: 'file', file: material.path('config') } as const
      const found = shown(await inspectKey({ key_file, origin }))
      expect(found.message).toContain('a file of that name is at ~/key.pem')
      expect(found.fix).toContain('Write key_file = ~/key.pem')
    },
  )

  test('may lie in a path with spaces', async () => {
    expect(await inspectKey({ key_file: material.path('with space.pem') })).toEqual([])
  })

  test('goes before key_content', async () => {
    const found = await inspectKey({ key_content: material.key.privatePem, key_file: '/none' })
    expect(shown(found).code).toBe('KEY_FILE_NOT_FOUND')
  })

  test('in key_content has the same rules', async () => {
    const found = shown(await inspectKey({ key_file: null, key_content: 'canary-inline' }))
    expect(found).toMatchObject({ code: 'KEY_INVALID', field: 'key_content' })
    expect(found.message).toBe('the key in key_content is not a private key in PEM')
  })
})

describe('an encrypted key', () => {
  const encrypted = (more: Changes = {}) =>
    inspectKey({ key_file: material.path('encrypted.pem'), ...more })

  test('opens with its pass phrase', async () => {
    expect(await encrypted({ pass_phrase: PASS_PHRASE })).toEqual([])
  })

  test('PASS_PHRASE_MISSING says where to add it', async () => {
    expect(shown(await encrypted())).toEqual({
      code: 'PASS_PHRASE_MISSING',
      field: 'pass_phrase',
      message: 'the key in ~/encrypted.pem is encrypted and there is no pass phrase',
      fix: 'Add pass_phrase to section [DEV] of /home/ada/.oci/config.',
    })
  })

  test('PASS_PHRASE_WRONG gives the command that tries one', async () => {
    expect(shown(await encrypted({ pass_phrase: 'canary-wrong' }))).toEqual({
      code: 'PASS_PHRASE_WRONG',
      field: 'pass_phrase',
      message: 'the key in ~/encrypted.pem does not open with the pass phrase',
      fix: 'Correct pass_phrase; to try one, run: openssl pkey -noout -in ~/encrypted.pem',
    })
  })

  test.each([
    ['a comment', `${PASS_PHRASE} # of the old key`, 'Put the comment of pass_phrase on a line'],
    ['a second line', `${PASS_PHRASE}\n#x`, 'Write pass_phrase on one line;'],
  ])('PASS_PHRASE_WRONG sees %s behind it', async (_what, pass_phrase, fix) => {
    expect(shown(await encrypted({ pass_phrase })).fix).toMatch(new RegExp(`^${fix}`))
    const wrong = shown(await encrypted({ pass_phrase: pass_phrase.slice(1) })).fix
    expect(wrong).toMatch(/^Correct pass_phrase; to try one, run: /)
  })

  test('PASS_PHRASE_WRONG takes a hash that belongs to it for no comment', async () => {
    const { fix } = shown(await encrypted({ pass_phrase: 'a#b' }))
    expect(fix).toMatch(/^Correct pass_phrase; to try one/)
  })

  test('PASS_PHRASE_WRONG sees quotes around it', async () => {
    const { fix } = shown(await encrypted({ pass_phrase: `"${PASS_PHRASE}"` }))
    expect(fix).toBe(
      'Remove the quotes around pass_phrase: the config file keeps them as part of it.',
    )
  })
})

describe('FINGERPRINT_MISMATCH', () => {
  test('says both fingerprints and the path of the key', async () => {
    const { key, other } = material
    expect(shown(await inspectKey({ fingerprint: other.fingerprint }))).toEqual({
      code: 'FINGERPRINT_MISMATCH',
      field: 'fingerprint',
      message: `the key in ~/key.pem has fingerprint ${key.fingerprint}; the profile says ${other.fingerprint}`,
      fix: `If this is the key that was uploaded to OCI, write fingerprint = ${key.fingerprint}; else name the key that the fingerprint belongs to.`,
    })
  })

  test('holds for key_content, too', async () => {
    const { key, other } = material
    const changes = { key_file: null, key_content: other.privatePem }
    expect(shown(await inspectKey(changes)).message).toBe(
      `the key in key_content has fingerprint ${other.fingerprint}; the profile says ${key.fingerprint}`,
    )
  })

  test('does not concern a session, which is known by its token', async () => {
    expect(await inspectSession({ fingerprint: material.other.fingerprint })).toEqual([])
  })
})

describe('a session token', () => {
  const signIn = 'Run: oci session authenticate --profile-name DEV --region eu-frankfurt-1'

  test.each([
    ['lost.token', 'TOKEN_FILE_NOT_FOUND', '~/lost.token does not exist', signIn],
    ['folder', 'TOKEN_FILE_UNREADABLE', '~/folder is a directory', 'Name the session token itself'],
    ['text.token', 'TOKEN_INVALID', 'the token in ~/text.token has 1 parts and not 3', signIn],
    ['empty.token', 'TOKEN_INVALID', 'the token in ~/empty.token is empty', signIn],
    [
      'expired.token',
      'TOKEN_EXPIRED',
      'the token in ~/expired.token expired at 2023-11-14T22:13:20Z',
      signIn,
    ],
    [
      'other.token',
      'TOKEN_KEY_MISMATCH',
      'the token in ~/other.token was issued for another key than that in ~/key.pem',
      signIn,
    ],
  ])('%s: %s', async (name, code, message, fix) => {
    const found = shown(await inspectSession({ security_token_file: material.path(name) }))
    expect(found).toMatchObject({ code, field: 'security_token_file', message })
    expect(found.fix).toContain(fix)
  })

  test('without a date and without a key is given the benefit of the doubt', async () => {
    const changes = { security_token_file: material.path('timeless.token') }
    expect(await inspectSession(changes)).toEqual([])
  })

  test('is judged by the clock that is handed in', async () => {
    const changes = { security_token_file: material.path('expired.token') }
    expect(await inspectSession(changes, () => 1_699_999_999_000)).toEqual([])
  })

  test('sees quotes in its path', async () => {
    const found = shown(await inspectSession({ security_token_file: `'/home/ada/token'` }))
    expect(found.fix).toBe('Remove the quotes around security_token_file.')
  })

  test('has its faults told together with those of the key', async () => {
    const found = await inspectSession({
      key_file: '/none',
      security_token_file: material.path('expired.token'),
    })
    expect(found.map(({ code }) => code)).toEqual(['KEY_FILE_NOT_FOUND', 'TOKEN_EXPIRED'])
  })

  test('puts its profile name into the command as one word of the shell', async () => {
    const found = await inspectSession({ auth_profile: "it's mine", security_token_file: '/none' })
    expect(shown(found).fix).toContain(`--profile-name 'it'\\''s mine' `)
  })

  test('that is being written is looked at again', async () => {
    const path = material.path('renewed.token')
    await writeFile(path, '')
    const inspecting = inspectSession({ security_token_file: path })
    await pause(100)
    await writeFile(path, makeToken({}))
    expect(await inspecting).toEqual([])
    await rm(path)
  })

  test('that has not changed for long is not waited for', async () => {
    const path = material.path('empty.token')
    const longAgo = new Date(1_600_000_000_000)
    await Promise.all(
      [path, material.path('key.pem')].map((file) => utimes(file, longAgo, longAgo)),
    )
    const started = performance.now()
    await inspectSession({ security_token_file: path })
    expect(performance.now() - started).toBeLessThan(150)
  })
})
