/** Faults that variables of the environment cause: the one line names the variable, and the fix is about it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { startEmulator } from '../../emulator/index.ts'
import { testKey } from '../fixtures/identities.ts'
import { section, writeConfig } from './config-files.ts'
import { makeFolder, runHere } from './program.ts'

type Env = Record<string, string>

const NOWHERE: Env = { OCI_PROFILES_ENDPOINT_URL: 'http://127.0.0.1:1' }
const FINGERPRINT = /(?:[0-9a-f]{2}:){15}[0-9a-f]{2}/g

/** DEFAULT without a fault that shows offline. */
async function writeSound(): Promise<string> {
  const key = await testKey()
  const key_file = join(makeFolder(), 'key.pem')
  writeFileSync(key_file, key.privatePem, { mode: 0o600 })
  return writeConfig(section('DEFAULT', { key_file, fingerprint: key.fingerprint }))
}

/** `CODE: message` and the fix, fingerprints masked. */
async function checkWith(env: Env, file: string): Promise<[string, string]> {
  const args = ['check', 'DEFAULT', '--config-file', file]
  const { stdout } = await runHere(args, { env: { ...NOWHERE, ...env } })
  const [, what = '', fix = ''] = /^DEFAULT +fails +(.*)\n +fix: (.*)\n$/.exec(stdout) ?? []
  return [what.replaceAll(FINGERPRINT, 'FP'), fix.replaceAll(FINGERPRINT, 'FP')]
}

describe('check', () => {
  test.each<[Env, string, string]>([
    [
      { OCI_CLI_USER: 'ada@example.com' },
      'OCID_INVALID: user holds an e-mail address, not an OCID (user is from OCI_CLI_USER)',
      'Unset OCI_CLI_USER, or correct it: Copy the OCID of the user from the OCI Console (Profile menu > User settings).',
    ],
    [
      { OCI_CLI_USER: '"ocid1.user.oc1..a"' },
      'OCID_INVALID: user is in quotes (user is from OCI_CLI_USER)',
      'Unset OCI_CLI_USER, or correct it: Remove the quotes around OCI_CLI_USER.',
    ],
    [
      { OCI_CLI_FINGERPRINT: `00${':00'.repeat(15)}` },
      'FINGERPRINT_MISMATCH: the key in KEY has fingerprint FP; the profile says FP (fingerprint is from OCI_CLI_FINGERPRINT)',
      'Unset OCI_CLI_FINGERPRINT, or correct it: If this is the key that was uploaded to OCI, set OCI_CLI_FINGERPRINT to FP; else name the key that the fingerprint belongs to.',
    ],
    [
      { OCI_CLI_FINGERPRINT: 'FA:B0' },
      'FINGERPRINT_INVALID: fingerprint has 2 pairs of hex digits instead of 16 (fingerprint is from OCI_CLI_FINGERPRINT)',
      "Unset OCI_CLI_FINGERPRINT, or set it to FP, which is that of the profile's key.",
    ],
    [
      { OCI_CLI_REGION: 'EU-Paris-1' },
      'REGION_INVALID: region is not in lower case: "EU-Paris-1" (region is from OCI_CLI_REGION)',
      'Unset OCI_CLI_REGION, or set it to eu-paris-1.',
    ],
    [
      { OCI_CLI_KEY_FILE: '/nonexistent/other.pem' },
      'KEY_FILE_NOT_FOUND: /nonexistent/other.pem does not exist (key_file is from OCI_CLI_KEY_FILE)',
      'Unset OCI_CLI_KEY_FILE, or correct it, or put the key there.',
    ],
    [
      { OCI_CLI_KEY_CONTENT: 'x' },
      'KEY_INVALID: the key in key_content is not a private key in PEM (key_content is from OCI_CLI_KEY_CONTENT)',
      'Unset OCI_CLI_KEY_CONTENT, or correct it: Write the text of the private key, which starts with a line such as -----BEGIN PRIVATE KEY-----.',
    ],
    [
      { OCI_CLI_AUTH: 'security_token' },
      'FIELD_MISSING: security_token_file is missing; security_token needs it (authentication is from OCI_CLI_AUTH)',
      'Unset OCI_CLI_AUTH, which makes a session of DEFAULT; else set OCI_CLI_SECURITY_TOKEN_FILE and OCI_CLI_KEY_FILE, too.',
    ],
    [
      { OCI_CLI_AUTH: 'security_token', OCI_CLI_SECURITY_TOKEN_FILE: '/nonexistent/token' },
      'TOKEN_FILE_NOT_FOUND: /nonexistent/token does not exist (security_token_file is from OCI_CLI_SECURITY_TOKEN_FILE)',
      'Unset OCI_CLI_SECURITY_TOKEN_FILE, or sign in anew with the profile that the token is of: oci session authenticate --profile-name NAME',
    ],
    [
      { OCI_CLI_AUTH: 'instance_principal', OCI_METADATA_BASE_URL: 'http://127.0.0.1:1/opc/v2' },
      'NOT_ON_OCI: No metadata service answers at 127.0.0.1:1 (tried for 0.0 s): OCI_METADATA_BASE_URL sends calls there (authentication is from OCI_CLI_AUTH)',
      'Unset OCI_CLI_AUTH, unless it is meant: Unset OCI_METADATA_BASE_URL to call OCI itself, or correct it. Use this profile on a compute instance, or choose another authentication type here.',
    ],
    [
      {},
      'CONNECTION_REFUSED: 127.0.0.1:1 refused the connection (ECONNREFUSED, after 0 ms): OCI_PROFILES_ENDPOINT_URL sends calls there',
      'Unset OCI_PROFILES_ENDPOINT_URL to call OCI itself, or correct it. Check that the address is right and that a firewall or proxy does not refuse it.',
    ],
    [
      { OCI_PROFILES_ENDPOINT_URL_OBJECT_STORAGE: 'http://127.0.0.1:2' },
      'CONNECTION_REFUSED: 127.0.0.1:2 refused the connection (ECONNREFUSED, after 0 ms): OCI_PROFILES_ENDPOINT_URL_OBJECT_STORAGE sends calls there',
      'Unset OCI_PROFILES_ENDPOINT_URL_OBJECT_STORAGE to call OCI itself, or correct it. Check that the address is right and that a firewall or proxy does not refuse it.',
    ],
  ])('with %j', async (env, what, fix) => {
    const [told, remedy] = await checkWith(env, await writeSound())
    const steady = told.replace(/the key in \S+/, (text) => {
      return text.endsWith('key.pem') ? 'the key in KEY' : text
    })
    expect(
      steady.replace(/after \d+ ms/, 'after 0 ms').replace(/tried for \S+ s/, 'tried for 0.0 s'),
    ).toBe(what)
    expect(remedy).toBe(fix)
  })

  test('asks for the variables where there is nothing but variables', async () => {
    const file = join(makeFolder(), 'config')
    const [what, fix] = await checkWith({ OCI_CLI_REGION: 'eu-paris-1' }, file)
    expect(what).toMatch(
      /^FIELD_MISSING: user is missing; api_key needs it; no file has \[DEFAULT\], it is there because of OCI_CLI_REGION /,
    )
    expect(fix).toMatch(
      /^Unset OCI_CLI_REGION, or name all of the identity\. Set OCI_CLI_USER\. Copy/,
    )
  })

  test('says that a left-over variable makes DEFAULT, beside profiles that are sound', async () => {
    const file = writeConfig(section('PROD'))
    const env = { OCI_CLI_CONFIG_FILE: file, OCI_CLI_AUTH: 'api_key', OCI_CLI_PASSPHRASE: 'canary' }
    const { stdout } = await runHere(['check', 'DEFAULT'], { env: { ...NOWHERE, ...env } })
    expect(stdout).toContain('it is there because of OCI_CLI_AUTH and OCI_CLI_PASSPHRASE')
    expect(stdout).toContain('fix: Unset OCI_CLI_AUTH and OCI_CLI_PASSPHRASE, or name all of')
    expect(stdout).not.toContain('canary')
  })

  test('names the variable when OCI refuses an identity that it is a part of', async () => {
    await using emulator = await startEmulator()
    const env = { OCI_PROFILES_ENDPOINT_URL: emulator.url, OCI_CLI_USER: 'ocid1.user.oc1..a' }
    const [what, fix] = await checkWith(env, await writeSound())
    expect(what).toMatch(/^NOT_AUTHENTICATED: .* \(user is from OCI_CLI_USER\)$/)
    expect(fix).toMatch(/^Unset OCI_CLI_USER, or let the environment name all of the identity\. If/)
  })

  test('names OCI_CLI_REGION when OCI does not know the tenancy there', async () => {
    await using emulator = await startEmulator()
    const env = { OCI_PROFILES_ENDPOINT_URL: emulator.url, OCI_CLI_REGION: 'eu-paris-1' }
    const [what, fix] = await checkWith(env, await writeSound())
    expect(what).toMatch(/^NOT_AUTHENTICATED: .* \(region is from OCI_CLI_REGION\)$/)
    expect(fix).toMatch(
      /^Unset OCI_CLI_REGION, unless the tenancy subscribes to eu-paris-1\. If it/,
    )
  })

  test('of another profile says nothing of the variables', async () => {
    const file = writeConfig(section('PROD', { user: 'ada@example.com' }))
    const args = ['check', 'PROD', '--config-file', file]
    const { stdout } = await runHere(args, { env: { ...NOWHERE, OCI_CLI_USER: 'x' } })
    expect(stdout).not.toContain('OCI_CLI_')
  })
})

test.each([
  ['us-gov-ashburn-1', 'oc1', 'oc3'],
  ['eu-frankfurt-1', 'oc3', 'oc1'],
])('a region of another realm is told beside what OCI says: %s', async (region, own, realm) => {
  await using emulator = await startEmulator()
  const env = {
    OCI_PROFILES_ENDPOINT_URL: emulator.url,
    OCI_CLI_REGION: region,
    OCI_CLI_TENANCY: `ocid1.tenancy.${own}..aaaaaaaa`,
  }
  const [what, fix] = await checkWith(env, await writeSound())
  expect(what).toContain(
    `: ${region} is a region of realm ${realm}, and the tenancy is of realm ${own}`,
  )
  expect(fix).toContain(
    `Write a region of realm ${own}, or the OCID of the tenancy in realm ${realm}.`,
  )
})

test('doctor says the same, and puts an endpoint that is none under no field', async () => {
  const file = await writeSound()
  const args = ['doctor', 'DEFAULT', '--config-file', file, '--output', 'json']
  const diagnose = async (env: Env) => {
    const { stdout } = await runHere(args, { env: { ...NOWHERE, ...env } })
    const [{ findings }] = JSON.parse(stdout)
    return findings
  }
  const [user] = await diagnose({ OCI_CLI_USER: 'ada@example.com' })
  const [what, fix] = await checkWith({ OCI_CLI_USER: 'ada@example.com' }, file)
  expect([`${user.code}: ${user.message}`, user.fix]).toEqual([what, fix])
  const [endpoint, ...more] = await diagnose({ OCI_PROFILES_ENDPOINT_URL: 'ftp://x' })
  expect(endpoint).toMatchObject({ code: 'SETTING_INVALID', field: null, line: null })
  expect(more).toEqual([])
})

test('doctor asks for no change of the file because of what variables say', async () => {
  const file = await writeSound()
  const env = {
    OCI_CLI_SECURITY_TOKEN_FILE: '/nonexistent/token',
    OCI_CLI_KEY_FILE: '/nonexistent/session.pem',
    OCI_CLI_REGION: 'fra',
  }
  const args = ['doctor', 'DEFAULT', '--offline', '--config-file', file, '--output', 'json']
  const { stdout } = await runHere(args, { env })
  const [{ findings }] = JSON.parse(stdout) as [{ findings: { code: string }[] }]
  expect(findings.filter(({ code }) => code === 'DIALECT')).toEqual([])
})

test.each([['show'], ['env'], ['exec', '--', 'true']])(
  '%s names OCI_CLI_PROFILE where it chose a profile that is not there',
  async (...args) => {
    const [command = '', ...rest] = args
    const env = { OCI_CLI_PROFILE: 'PRD', OCI_CLI_CONFIG_FILE: writeConfig(section('PROD')) }
    const { code, stderr } = await runHere([command, ...rest], { env })
    expect(code).toBe(1)
    expect(stderr).toBe(
      'error: PROFILE_NOT_FOUND: There is no profile "PRD", which OCI_CLI_PROFILE names\n' +
        'fix: Unset OCI_CLI_PROFILE, or correct it. Did you mean "PROD"?\n',
    )
  },
)

test('without a config file nobody is sent to list its profiles', async () => {
  const env = { OCI_CLI_CONFIG_FILE: join(makeFolder(), 'config') }
  const { stderr } = await runHere(['check', 'PROD'], { env })
  expect(stderr).toContain('There is no profile "PROD"')
  expect(stderr).not.toContain('oci-profiles list')
})
