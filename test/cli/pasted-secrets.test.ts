/** Keys, tokens and pass phrases on the wrong line or in the wrong field: no command prints any of it. */
import { expect, test } from 'vitest'
import { makeToken } from '../check/material.ts'
import { testKey } from '../fixtures/identities.ts'
import { section, writeConfig } from './config-files.ts'
import { runHere } from './program.ts'

const PHRASE = 'canary-hunter2-77b1'
const COMMANDS = ['list', 'show', 'check', 'doctor'].flatMap((command) => [
  [command, 'table'],
  [command, 'json'],
])

const FIELDS = [
  'user',
  'tenancy',
  'region',
  'fingerprint',
  'key_file',
  'authentication',
  'authentication_type',
  'security_token_file',
  'genai_region',
  'genai_compartment_id',
  'additional_user_agent',
  'log_requests',
]

async function bodyOf(pem: string) {
  const lines = pem.split('\n').filter((line) => line !== '' && !line.startsWith('-----'))
  return lines.map((line) => line.slice(0, 20))
}

async function secrets() {
  const { privatePem } = await testKey()
  const token = makeToken({ canary: 'canary-claim' })
  return { privatePem, token, all: [PHRASE, token.slice(0, 25), ...(await bodyOf(privatePem))] }
}

function indented(pem: string): string {
  return pem.trimEnd().replaceAll('\n', '\n  ')
}

test.each(COMMANDS)(
  '%s as %s hides what an indented line adds to a value',
  async (command, form) => {
    const { all } = await secrets()
    for (const field of FIELDS) {
      const value = `eu-frankfurt-1\n  pass_phrase=${PHRASE}`
      await expectSilence(command, form, section('PROD', { [field]: value }), {}, all)
    }
  },
)

test.each(COMMANDS)('%s as %s hides a key or token in any field', async (command, form) => {
  const { privatePem, token, all } = await secrets()
  const body = privatePem.replaceAll(/-----.*-----|\n/g, '')
  const [, , piece = ''] = privatePem.split('\n')
  const texts = [
    privatePem.replaceAll('\n', ' '),
    privatePem.replaceAll('\n', String.raw`\n`),
    body,
    piece,
    `eu-frankfurt-1 ${piece}`,
    Buffer.from(privatePem).toString('base64'),
    token,
    `ST$${token}`,
    `"${token}"`,
  ]
  const encoded = Buffer.from(privatePem).toString('base64').slice(24, 64)
  for (const field of FIELDS) {
    for (const value of texts) {
      await expectSilence(command, form, section('PROD', { [field]: value }), {}, [...all, encoded])
    }
  }
  const path = section('PROD', { key_file: `~/k.pem ${body}` })
  await expectSilence(command, form, path, {}, all)
})

test.each(COMMANDS)('%s as %s hides what was pasted for a path', async (command, form) => {
  const { privatePem, token, all } = await secrets()
  const oneLine = privatePem.replaceAll('\n', String.raw`\n`)
  const texts = [
    section('PROD', { key_file: indented(privatePem) }),
    section('PROD', { key_file: oneLine }),
    section('PROD', { security_token_file: token }),
    section('PROD', { key_file: token, security_token_file: indented(privatePem) }),
  ]
  for (const text of texts) await expectSilence(command, form, text, {}, all)
})

test.each(COMMANDS)('%s as %s hides what the environment has for a path', async (command, form) => {
  const { privatePem, token, all } = await secrets()
  const text = section('DEFAULT')
  const variables: Record<string, string>[] = [
    { OCI_CLI_KEY_FILE: privatePem },
    { OCI_CLI_KEY_FILE: privatePem.replaceAll('\n', '') },
    { OCI_CLI_SECURITY_TOKEN_FILE: token, OCI_CLI_AUTH: 'security_token' },
  ]
  for (const env of variables) await expectSilence(command, form, text, env, all)
})

test.each(['sh', 'fish', 'powershell', 'dotenv', 'terraform', 'json'])(
  'env as %s hands on no value that a secret has run into',
  async (form) => {
    const { token, all } = await secrets()
    for (const field of ['user', 'tenancy', 'region', 'authentication']) {
      for (const secret of [token, `pass_phrase=${PHRASE}`]) {
        const file = writeConfig(section('PROD', { [field]: `eu-frankfurt-1\n  ${secret}` }))
        const args = ['env', 'PROD', '--config-file', file, '--format', form]
        const { stdout, stderr } = await runHere(args)
        for (const each of all) expect(stdout + stderr).not.toContain(each)
      }
    }
    const pasted = writeConfig(section('PROD', { authentication: token }))
    const args = ['env', 'PROD', '--config-file', pasted, '--format', form]
    const { code, stdout, stderr } = await runHere(args)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('AUTHENTICATION_UNKNOWN')
    for (const each of all) expect(stderr).not.toContain(each)
  },
)

test('env says which line has to be another one', async () => {
  const file = writeConfig(section('PROD', { user: `u\n  pass_phrase=${PHRASE}` }))
  const args = ['env', 'PROD', '--config-file', file, '--format', 'terraform']
  const { code, stdout, stderr } = await runHere(args)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/VALUE_INVALID: The value for \w+user_ocid goes on over .*\nfix: Write/)
})

async function expectSilence(
  command: string,
  form: string,
  text: string,
  env: Record<string, string>,
  all: readonly string[],
): Promise<void> {
  const file = writeConfig(text)
  const name = text.includes('[PROD]') ? 'PROD' : 'DEFAULT'
  const args = [command, name, '--config-file', file, '--output', form, '--debug']
  const { stdout, stderr } = await runHere(command === 'list' ? args.toSpliced(1, 1) : args, {
    env: { OCI_PROFILES_ENDPOINT_URL: 'http://127.0.0.1:1', ...env },
  })
  expect(stdout).not.toBe('')
  for (const secret of all) expect(stdout + stderr).not.toContain(secret)
}
