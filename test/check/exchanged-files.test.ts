/** Key and token of a session, each where the other belongs: the fix says which file goes where. */
import { mkdir, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inspectOffline } from '../../src/check/index.ts'
import { makeMaterial, makeToken, type Material } from './material.ts'

let material: Material

beforeAll(async () => {
  material = await makeMaterial()
  await mkdir(material.path('session'))
  await writeFile(material.path('session/oci_api_key.pem'), material.key.privatePem)
  await writeFile(material.path('session/token'), makeToken({}))
  await writeFile(material.path('session/old'), makeToken({ exp: 1 }))
})
afterAll(() => material[Symbol.asyncDispose]())

async function inspect(files: Record<string, string>) {
  const paths = Object.entries(files).map(([field, name]) => [field, material.path(name)])
  const findings = await inspectOffline(material.session(Object.fromEntries(paths)))
  return findings.map(({ code, fix }) => [code, fix.replaceAll(material.folder, 'DIR')])
}

const EXCHANGE = 'Exchange the values of key_file and security_token_file.'

test.each(['session/token', 'session/old'])('both exchanged, the token %s', async (key_file) => {
  expect(await inspect({ key_file, security_token_file: 'session/oci_api_key.pem' })).toEqual([
    ['KEY_INVALID', EXCHANGE],
    ['TOKEN_INVALID', EXCHANGE],
  ])
})

test('the token for both', async () => {
  const both = 'session/token'
  expect(await inspect({ key_file: both, security_token_file: both })).toEqual([
    ['KEY_INVALID', 'Write key_file = DIR/session/oci_api_key.pem'],
  ])
})

test('the key for both', async () => {
  const both = 'session/oci_api_key.pem'
  expect(await inspect({ key_file: both, security_token_file: both })).toEqual([
    ['TOKEN_INVALID', 'Write security_token_file = DIR/session/token'],
  ])
})

test('a key for a token where no other file is near', async () => {
  const [found] = await inspect({ security_token_file: 'encrypted.pem' })
  expect(found).toEqual(['TOKEN_INVALID', expect.stringMatching(/token|oci session authenticate/)])
})

test('of an API key, which belongs to no session', async () => {
  const profile = material.profile({ key_file: material.path('session/token') })
  const [found] = await inspectOffline(profile)
  expect(found?.fix).toBe('Name the private key; a session token is for security_token_file.')
})
