/** Secrets within values, on an indented line or in place of the value: only who asks for secrets sees them. */
import { expect, test } from 'vitest'
import { runCheck } from '../../src/check/index.ts'
import { diagnose } from '../../src/diagnosis/index.ts'
import type { OciProfileInput } from '../../src/schemas/index.ts'
import { startApi } from './harness.ts'

const CANARY = 'canary-hunter2-5d20'
/** From the middle of one. */
const PIECE = 'AoGBAPkz3sVx9mQ2hT7bLwN4cYdE5fRj8uKpZ1aGvXo6WiM0nBtSyHqCrDlJe'
const FIELDS = [
  'user',
  'authentication',
  'tenancy',
  'region',
  'fingerprint',
  'key_file',
  'security_token_file',
  'genai_compartment_id',
  'genai_region',
  'additional_user_agent',
]

test.each(FIELDS)('%s', async (field) => {
  const value = `first\npass_phrase=${CANARY}`
  const profile: OciProfileInput = { auth_profile: 'PROD', authentication: 'api_key' }
  const api = await startApi({
    check: (of) => runCheck(of, { env: {} }),
    diagnose: (loaded) => diagnose(loaded, { env: {} }),
    profiles: [{ ...profile, [field]: value }],
  })
  await api.call('POST', '/v1/oci-profiles/PROD/check')
  const open = ['', '/PROD', '/PROD/diagnosis']
  for (const path of open) {
    const { status, text } = await api.call('GET', `/v1/oci-profiles${path}`)
    expect(status).toBe(200)
    expect(text).toContain('PROD')
    expect(text).not.toContain(CANARY)
  }
  expect(JSON.stringify(api.logged)).not.toContain(CANARY)
  const whole = await api.call('GET', '/v1/oci-profiles/PROD?include_sensitive=true')
  expect(whole.json[field]).toBe(value)
  await api.close()
})

test.each([
  ['a pass phrase', 'pass_phrase = x'],
  ['a pass phrase as other tools spell it', 'passphrase: x'],
  ['a key in PEM', '-----BEGIN PRIVATE KEY-----'],
  ['a piece of a key', 'MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7'],
  ['a token', 'eyJhbGciOiJSUzI1NiJ9.x'],
  ['a token with its name', 'security_token=x'],
  ['a pass phrase as a variable', 'OCI_CLI_PASSPHRASE = x'],
  ['a pass phrase as a shell has it', 'export OCI_CLI_PASSPHRASE=x'],
  ['a pass phrase as JSON has it', '"pass_phrase": "x"'],
  ['a pass phrase that is commented out', '#pass_phrase=x'],
  ['a secret with its name', 'client_secret = x'],
])('the value ends before %s', async (_what, line) => {
  const api = await startApi({ profiles: [{ auth_profile: 'a', user: `first\nsecond\n${line}` }] })
  expect((await api.call('GET', '/v1/oci-profiles/a')).json.user).toBe('first\nsecond…')
  await api.close()
})

test('the value is whole where nothing in it looks like a secret', async () => {
  const user = 'ocid1.user.oc1..first\nregion = eu-paris-1\n\nlast'
  const api = await startApi({ profiles: [{ auth_profile: 'a', user }] })
  expect((await api.call('GET', '/v1/oci-profiles/a')).json.user).toBe(user)
  await api.close()
})

test.each([
  ['a key in one line', '-----BEGIN PRIVATE KEY-----\\nMIIE', '…'],
  ['a token in its place', 'ST$eyJraWQiOiJhc3dfb2NpZCJ9.e30.c2ln', '…'],
  ...[',', ')', '`', '.', String.raw`\n`, '"'].map((sign): [string, string, string] => {
    return [`a piece of a key and ${sign}`, `${PIECE}${sign}`, '…']
  }),
  ['a piece of a key behind a word', `eu-paris-1 ${PIECE}`, 'eu-paris-1…'],
  ['a piece of a key behind a dot', `x.${PIECE}`, 'x.…'],
  ['a piece of a key behind its name', `oci.key=${PIECE}`, 'oci.key=…'],
  ['a pass phrase behind a value', 'eu-paris-1 pass_phrase=hunter2', 'eu-paris-1…'],
])('the value ends before %s', async (_what, region, shown) => {
  const api = await startApi({ profiles: [{ auth_profile: 'a', region }] })
  expect((await api.call('GET', '/v1/oci-profiles/a')).json.region).toBe(shown)
  await api.close()
})

test.each([
  `ocid1.user.oc1..${'aaaaaaaa7'.repeat(7).slice(0, 60)}`,
  `ocid1.compartment.oc1.eu-frankfurt-1.${'Aa1'.repeat(20)}`,
  'Terraform/1.9.8 (linux_amd64) terraform-provider-oci/6.21.0 my-company-deployment-pipeline/2024',
  'https://Example.com/Very/Long/Path/Of/A/Product/2024/Deployment/Pipeline',
  'MyApp-9f8cd65f3a1b2c3d4e5f60718293a4b5c6d7e8f9',
  'Runner-550e8400-e29b-41d4-a716-446655440000',
  'ProductionOracleCloudInfrastructureFrankfurt1AdminKey',
  'Terraform/1_9_8-OCI-Provider/6_20_0-HashiCorp-Registry',
  'bazel-out/k8-fastbuild/bin/Config/ProductionTenancy/key',
  '/x/MIIS/Configurations/Production/OracleCloud/Tenancies/Frankfurt/Keys/api',
  'SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8',
])('%s is whole', async (text) => {
  const profile = { auth_profile: 'a', user: text, additional_user_agent: text }
  const api = await startApi({ profiles: [profile] })
  expect((await api.call('GET', '/v1/oci-profiles/a')).json).toMatchObject(profile)
  await api.close()
})

test('what is sent back as it was shown stays whole', async () => {
  const user = `ocid1.user.oc1..first\npass_phrase=${CANARY}`
  const api = await startApi({ profiles: [{ auth_profile: 'a', user, region: 'eu-paris-1' }] })
  const shown = (await api.call('GET', '/v1/oci-profiles/a')).json
  const body = { ...shown, region: 'eu-milan-1' }
  expect((await api.call('PUT', '/v1/oci-profiles/a', { body })).status).toBe(200)
  const whole = await api.call('GET', '/v1/oci-profiles/a?include_sensitive=true')
  expect(whole.json).toMatchObject({ user, region: 'eu-milan-1' })
  await api.close()
})

test.each([
  ['=a'.repeat(250_000)],
  [`x\n${'token'.repeat(100_000)}`],
  [`${'MII'.repeat(150_000)}`],
  [`x${'\n '.repeat(200_000)}`],
  [`${'A1b'.repeat(150_000)}!`],
  ['ocid1.a'.repeat(70_000)],
  [`x\n${'pass'.repeat(100_000)}`],
  [' '.repeat(400_000)],
])('a long value takes no time', async (text) => {
  const api = await startApi({ profiles: [{ auth_profile: 'a', user: text }] })
  const started = performance.now()
  expect((await api.call('GET', '/v1/oci-profiles/a')).status).toBe(200)
  expect(performance.now() - started).toBeLessThan(2000)
  await api.close()
})
