/** Values that a section inherits: the check says so, and the fix leaves DEFAULT alone. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testKey } from '../fixtures/identities.ts'
import { section, writeConfig } from '../cli/config-files.ts'
import { makeFolder, runHere } from '../cli/program.ts'
import { makeMaterial, PASS_PHRASE } from './material.ts'

async function check(text: string): Promise<string> {
  const args = ['check', 'P', '--config-file', writeConfig(text)]
  const env = {
    OCI_PROFILES_ENDPOINT_URL: 'http://127.0.0.1:1',
    OCI_METADATA_BASE_URL: 'http://127.0.0.1:1/opc/v2',
  }
  return (await runHere(args, { env })).stdout
}

async function keyFile(): Promise<{ key_file: string; fingerprint: string }> {
  const { privatePem, fingerprint } = await testKey()
  const key_file = join(makeFolder(), 'key.pem')
  writeFileSync(key_file, privatePem, { mode: 0o600 })
  return { key_file, fingerprint }
}

const without = (text: string, field: string) =>
  text.replace(new RegExp(`^${field}=.*\\n`, 'm'), '')

describe('a fault of a value of DEFAULT', () => {
  test.each([
    ['region', 'EU-Paris-1', 'REGION_INVALID', 'region is from DEFAULT, line 2'],
    ['user', 'ada@example.com', 'OCID_INVALID', 'user is from DEFAULT, line 2'],
  ])('of %s names its line', async (field, value, code, words) => {
    const own = without(section('P', await keyFile()), field)
    const stdout = await check(`[DEFAULT]\n${field}=${value}\n${own}`)
    expect(stdout).toContain(`${code}: `)
    expect(stdout).toContain(`(${words})`)
  })

  test('of a fingerprint is mended in the section that has the key', async () => {
    const own = without(section('P', await keyFile()), 'fingerprint')
    const stdout = await check(`[DEFAULT]\nfingerprint=${'ab:'.repeat(15)}ab\n${own}`)
    expect(stdout).toMatch(/FINGERPRINT_MISMATCH: .* \(fingerprint is from DEFAULT, line 2\)/)
    expect(stdout).toMatch(/fix: .* write fingerprint = [0-9a-f:]{47} into section \[P\]; else/)
  })

  test('of a pass phrase is mended in the section that has the key', async () => {
    await using material = await makeMaterial()
    const { fingerprint } = material.key
    const own = section('P', { key_file: material.path('encrypted.pem'), fingerprint })
    const stdout = await check(`[DEFAULT]\npass_phrase=not-${PASS_PHRASE}\n${own}`)
    expect(stdout).toMatch(/PASS_PHRASE_WRONG: .* \(pass_phrase is from DEFAULT, line 2\)/)
    expect(stdout).toContain(
      'fix: Write the pass phrase of this key as pass_phrase into section [P].',
    )
    expect(stdout).not.toContain(PASS_PHRASE)
  })

  test('of a pass phrase whose own key is misspelt is told by that', async () => {
    await using material = await makeMaterial()
    const { fingerprint } = material.key
    const own = section('P', { key_file: material.path('encrypted.pem'), fingerprint })
    const stdout = await check(`[DEFAULT]\npass_phrase=other\n${own}passphrase=${PASS_PHRASE}\n`)
    expect(stdout).toMatch(/PASS_PHRASE_WRONG: .* its key on line 9 is misspelt/)
    expect(stdout).toContain('fix: Write "pass_phrase" on line 9, or remove the line.')
    expect(stdout).not.toContain(PASS_PHRASE)
  })

  test('of a type that takes no key is mended in the section that has one', async () => {
    const own = section('P', await keyFile())
    const stdout = await check(`[DEFAULT]\nauthentication=instance_principal\n${own}`)
    expect(stdout).toMatch(/NOT_ON_OCI: .* \(authentication is from DEFAULT, line 2\)/)
    expect(stdout).toContain('fix: Write authentication = api_key into section [P] to sign with')
  })
})

test('a section that inherits a session and no user is told how to use it', async () => {
  const { key_file } = await keyFile()
  const text = `[DEFAULT]\ntenancy=ocid1.tenancy.oc1..a\nkey_file=${key_file}\nsecurity_token_file=/none\n[P]\nregion=eu-paris-1\n`
  expect(await check(text)).toContain(
    'fix: Write authentication = security_token into section [P] to use the session of DEFAULT. Else: Add user',
  )
})

test('nothing is said of values of its own', async () => {
  expect(await check(section('P'))).not.toContain('is from')
})
