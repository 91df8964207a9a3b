/** Fields for paths that hold a key, a token or several lines: none of it is shown, and the fix says what to do. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspectOffline } from '../../src/check/index.ts'
import { createProfile, type OciProfileInput } from '../../src/schemas/index.ts'
import { makeMaterial, makeToken, type Material } from './material.ts'

let material: Material

beforeAll(async () => {
  material = await makeMaterial()
})
afterAll(() => material[Symbol.asyncDispose]())

const CANARY = 'canary-behind-the-first-line'
const HOLDS_KEY = 'key_file holds a private key, not the path of one'
const LINES = 'goes on over several lines, which no path does'
const PUT_KEY =
  'Put the key into a file of its own and write its path as key_file, or write key_content in place of key_file.'

async function inspect(changes: Partial<OciProfileInput>, env = {}) {
  const session = changes.security_token_file !== undefined
  const profile = session ? material.session(changes) : material.profile(changes)
  const [found, ...more] = await inspectOffline(profile, { env })
  expect(more).toEqual([])
  return found!
}

describe('key_file', () => {
  test.each<[string, (pem: string) => string, string, string]>([
    ['the key itself', (pem) => pem, HOLDS_KEY, PUT_KEY],
    ['the key in one line', (pem) => pem.replaceAll('\n', String.raw`\n`), HOLDS_KEY, PUT_KEY],
    ['the key in quotes', (pem) => `"${pem}"`, HOLDS_KEY, PUT_KEY],
    ['the key behind a path', (pem) => `~/.oci/key.pem\n${pem}`, HOLDS_KEY, PUT_KEY],
    [
      'the key in Base64 once more',
      (pem) => Buffer.from(pem).toString('base64'),
      'key_file holds a key in Base64, not the path of one',
      'Put the key into a file of its own, and write its path as key_file.',
    ],
    [
      'the key without its frame',
      (pem) => pem.replaceAll(/-----.*-----|\n/g, ''),
      'key_file holds a key in Base64, not the path of one',
      'Put the key into a file of its own, and write its path as key_file.',
    ],
    [
      'a token',
      () => makeToken({}),
      'key_file holds a token, not the path of one',
      'Put the key into a file of its own, and write its path as key_file.',
    ],
    [
      'a path and an indented pass phrase',
      () => `/home/ada/key.pem\npass_phrase=${CANARY}`,
      `key_file ${LINES}`,
      'Remove the white space in front of pass_phrase, on a line below key_file: an indented line belongs to the one above it.',
    ],
    [
      'a long text',
      () => `/home/${CANARY.repeat(20)}/key.pem`,
      'key_file holds a text that is longer than any path',
      'Put the key into a file of its own, and write its path as key_file.',
    ],
  ])('that holds %s', async (_what, make, message, fix) => {
    const key_file = make(material.key.privatePem)
    expect(await inspect({ key_file })).toEqual({
      code: 'KEY_FILE_NOT_FOUND',
      severity: 'error',
      field: 'key_file',
      line: null,
      message,
      fix,
    })
  })

  test('that the environment fills with the key: the fix names the variables', async () => {
    const key_file = material.key.privatePem
    const { message, fix } = await inspect(
      { auth_profile: 'DEFAULT', key_file },
      { OCI_CLI_KEY_FILE: key_file },
    )
    expect(message).toBe(HOLDS_KEY)
    expect(fix).toBe(
      'Set OCI_CLI_KEY_CONTENT to the key and unset OCI_CLI_KEY_FILE, or set OCI_CLI_KEY_FILE to the path of a file that holds the key.',
    )
  })

  test('of an API profile: the fix names what to send', async () => {
    const key_file = material.key.privatePem
    const { fix } = await inspect({ key_file, origin: { kind: 'api' } })
    expect(fix).toBe('Send the key as key_content, or the path of its file as key_file.')
  })
})

describe('security_token_file', () => {
  test.each<[string, () => string, string]>([
    ['the token', () => makeToken({}), 'holds a token, not the path of one'],
    [
      'what signs with the token',
      () => `ST$${makeToken({})}`,
      'holds a token, not the path of one',
    ],
    ['the key', () => material.key.privatePem, 'holds a private key, not the path of one'],
  ])('that holds %s', async (_what, make, message) => {
    expect(await inspect({ security_token_file: make() })).toMatchObject({
      code: 'TOKEN_FILE_NOT_FOUND',
      message: `security_token_file ${message}`,
      fix: 'Put the token into a file of its own, and write its path as security_token_file.',
    })
  })

  test('that the environment fills with the token', async () => {
    const security_token_file = makeToken({})
    const { fix } = await inspect(
      { auth_profile: 'DEFAULT', security_token_file },
      { OCI_CLI_SECURITY_TOKEN_FILE: security_token_file },
    )
    expect(fix).toBe(
      'Put the token into a file of its own, and set OCI_CLI_SECURITY_TOKEN_FILE to its path.',
    )
  })
})

test.each([
  ['region', 'eu-frankfurt-1', 'region goes on over several lines: "eu-frankfurt-1…"'],
  ['authentication', 'api_key', 'authentication is "api_key…", which is none of the known types'],
])('of a %s of several lines, the first is shown', async (field, value, message) => {
  const profile = material.profile({ [field]: `${value}\npass_phrase=${CANARY}` })
  const [found] = await inspectOffline(profile, { env: {} })
  expect(found?.message).toBe(message)
  expect(createProfile(profile)).toMatchObject({ [field]: expect.stringContaining(CANARY) })
})
