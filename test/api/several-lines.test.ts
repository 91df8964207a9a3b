/** Values of several lines, as an indented line of a config file makes them: only who asks for secrets sees those among them. */
import { expect, test } from 'vitest'
import { runCheck } from '../../src/check/index.ts'
import { diagnose } from '../../src/diagnosis/index.ts'
import type { OciProfileInput } from '../../src/schemas/index.ts'
import { startApi } from './harness.ts'

const CANARY = 'canary-hunter2-5d20'
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
