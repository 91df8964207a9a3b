/** Values of several lines, as an indented line of a config file makes them: only who asks for secrets sees more than the first line. */
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
