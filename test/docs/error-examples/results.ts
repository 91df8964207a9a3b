/** Results of checks that no profile can cause: what the library's `checkUseable` returns. */
import { checkUseable, createProfile, type CheckDeps, type CheckCode } from '../../../src/index.ts'
import { toPage } from '../page-words.ts'
import { REGION, TENANCY, USER, type Sandbox } from '../sandbox.ts'
import { formatJson, type Examples, type Outcome } from './example.ts'

const CASES = {
  CHECK_CANCELLED: { signal: AbortSignal.abort() },
  CHECK_FAILED: { initClient: () => Promise.reject(new TypeError('nobody foresaw this')) },
} as const satisfies Partial<Record<CheckCode, CheckDeps>>

export async function provokeResults(sandbox: Sandbox): Promise<Examples> {
  const examples: Examples = new Map()
  for (const [code, deps] of Object.entries<CheckDeps>(CASES)) {
    examples.set(code as CheckCode, await provoke(code, deps, sandbox))
  }
  return examples
}

async function provoke(code: string, deps: CheckDeps, sandbox: Sandbox): Promise<Outcome> {
  const { fingerprint, privatePem } = sandbox.keys.prod
  const profile = createProfile({
    auth_profile: 'PROD',
    user: USER,
    tenancy: TENANCY,
    region: REGION,
    fingerprint,
    key_file: sandbox.write('.oci/key.pem', privatePem),
  })
  const check = await checkUseable(profile, { env: sandbox.env, ...deps })
  if (check.code !== code) return { fault: `not ${code}: ${JSON.stringify(check)}` }
  return { language: 'json', text: formatJson(toPage(JSON.stringify(check), sandbox.words)) }
}
