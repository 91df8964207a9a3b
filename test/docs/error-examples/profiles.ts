/** What `check` says of profiles that fail: all of them sections of one file, checked in one run. */
import { generateKeyPairSync } from 'node:crypto'
import { startEmulator, type Fault } from '../../../emulator/index.ts'
import type { CheckCode } from '../../../src/errors.ts'
import { startBlackHole } from '../../check/peers.ts'
import { makeLoopbackCertificate } from '../../fixtures/certificates.ts'
import { testKey, testOcid } from '../../fixtures/identities.ts'
import { toPage } from '../page-words.ts'
import { hostOf, NAMESPACE, REGION, TENANCY, USER, type Sandbox } from '../sandbox.ts'
import { linesOf, type Examples, type Outcome } from './example.ts'

type Fields = Record<string, string | null>

interface ProfileCase {
  /** Beside an ordinary profile with an API key; `null` leaves a field out. */
  fields?: Fields
  /** What the emulator does to the profile's user. */
  fault?: Fault
}

const CLOCK: Fault = { kind: 'clock', offsetMs: 7.2 * 60_000 }
const SESSION: Fields = {
  user: null,
  fingerprint: null,
  security_token_file: '~/.oci/sessions/PROD/token',
}
/** Regions that the sandbox leads astray. */
const REFUSING = 'eu-madrid-1'
const SILENT = 'eu-milan-1'
const UNTRUSTED = 'uk-london-1'

/** All codes of a check but the two that are no profile's fault. */
const CASES: Record<Exclude<CheckCode, 'CHECK_CANCELLED' | 'CHECK_FAILED'>, ProfileCase> = {
  AUTHENTICATION_UNKNOWN: { fields: { authentication: 'apikey' } },
  FIELD_MISSING: { fields: { fingerprint: null } },
  OCID_INVALID: { fields: { user: TENANCY } },
  FINGERPRINT_INVALID: { fields: { fingerprint: 'SHA256:lHKk5b1Ks2iH0Iy7BkdYvJ8rQfJ2XqZk' } },
  REGION_INVALID: { fields: { region: 'EU-Frankfurt-1' } },
  REALM_UNKNOWN: {
    fields: { region: 'eu-atlantis-1', tenancy: 'ocid1.tenancy.oc99..aaaaaaaaacme' },
  },
  KEY_FILE_NOT_FOUND: { fields: { key_file: '~/.oci/lost.pem' } },
  KEY_FILE_UNREADABLE: { fields: { key_file: '~/.oci' } },
  KEY_INVALID: { fields: { key_file: '~/.oci/half.pem' } },
  KEY_IS_PUBLIC: { fields: { key_file: '~/.oci/key_public.pem' } },
  KEY_NOT_RSA: { fields: { key_file: '~/.oci/ec.pem' } },
  KEY_TOO_SHORT: { fields: { key_file: '~/.oci/short.pem' } },
  PASS_PHRASE_MISSING: { fields: { key_file: '~/.oci/locked.pem' } },
  PASS_PHRASE_WRONG: { fields: { key_file: '~/.oci/locked.pem', pass_phrase: 'not this one' } },
  FINGERPRINT_MISMATCH: { fields: { key_file: '~/.oci/dev.pem' } },
  TOKEN_FILE_NOT_FOUND: { fields: SESSION },
  TOKEN_FILE_UNREADABLE: { fields: { ...SESSION, security_token_file: '~/.oci' } },
  TOKEN_INVALID: { fields: { ...SESSION, security_token_file: '~/.oci/sessions/EMPTY/token' } },
  TOKEN_EXPIRED: { fields: { ...SESSION, security_token_file: '~/.oci/sessions/OLD/token' } },
  TOKEN_KEY_MISMATCH: {
    fields: { ...SESSION, security_token_file: '~/.oci/sessions/DEV/token' },
  },
  NOT_ON_OCI: { fields: { authentication: 'instance_principal' } },
  NOT_ON_OKE: { fields: { authentication: 'oke_workload_identity' } },
  RESOURCE_PRINCIPAL_UNAVAILABLE: { fields: { authentication: 'resource_principal' } },
  DNS_FAILED: { fields: { region: 'eu-frankfrut-1' } },
  CONNECTION_REFUSED: { fields: { region: REFUSING } },
  CONNECT_TIMEOUT: { fields: { region: SILENT } },
  READ_TIMEOUT: { fault: { kind: 'silent' } },
  TLS_UNTRUSTED: { fields: { region: UNTRUSTED } },
  CONNECTION_LOST: { fault: { kind: 'reset' } },
  CLOCK_SKEW: { fault: CLOCK },
  NOT_AUTHENTICATED: { fields: { user: 'ocid1.user.oc1..aaaaaaaabob' } },
  NOT_AUTHORIZED: { fault: { kind: 'status', status: 404 } },
  RATE_LIMITED: { fault: { kind: 'status', status: 429, retryAfterS: 30 } },
  SERVICE_ERROR: { fault: { kind: 'status', status: 503 } },
  UNEXPECTED_RESPONSE: { fault: { kind: 'nonsense', body: 'html' } },
}

export async function provokeChecks(sandbox: Sandbox): Promise<Examples> {
  writeFiles(sandbox)
  await using open = new AsyncDisposableStack()
  await openBrokenNetwork(sandbox, open)
  const cases = Object.entries(CASES).map(([code, each], index) => ({
    code: code as CheckCode,
    ...each,
    name: `P${String(index).padStart(2, '0')}`,
  }))
  const sections = cases.map((each) => section(each, sandbox))
  sandbox.write('.oci/config', sections.join('\n'))
  const { stdout, stderr } = await sandbox.run(['check'])

  return new Map(
    cases.map(({ code, name }): [CheckCode, Outcome] => {
      const found = linesOf(stdout, `${name} `)
      if (!found?.includes(code)) {
        return [code, { fault: `check says of the profile for ${code}: ${found ?? stderr}` }]
      }
      const text = toPage(found, sandbox.words).replaceAll(name, 'PROD')
      return [code, { language: 'text', text }]
    }),
  )
}

function section(
  { name, fields = {}, fault }: ProfileCase & { name: string },
  { emulator, keys, words }: Sandbox,
): string {
  const user = fault === undefined ? USER : testOcid('user', name)
  if (fault !== undefined) {
    const { publicKey } = keys.prod
    emulator.addIdentity({ name, tenancy: TENANCY, user, publicKey, namespace: NAMESPACE })
    emulator.setFault(name, fault)
    words.push({ real: user, page: USER })
  }
  const all: Fields = {
    user,
    fingerprint: keys.prod.fingerprint,
    tenancy: TENANCY,
    region: REGION,
    key_file: '~/.oci/key.pem',
    ...fields,
  }
  const lines = Object.entries(all).filter(([, value]) => value !== null)
  return `[${name}]\n${lines.map(([key, value]) => `${key}=${value}\n`).join('')}`
}

const PASS_PHRASE = 'correct horse battery staple'

function writeFiles({ write, emulator, keys: { prod, dev } }: Sandbox): void {
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  const pkcs8 = { type: 'pkcs8', format: 'pem' } as const
  write('.oci/key.pem', prod.privatePem)
  write('.oci/dev.pem', dev.privatePem)
  write('.oci/key_public.pem', prod.publicPem)
  write('.oci/half.pem', prod.privatePem.slice(0, 700))
  write('.oci/ec.pem', ec.export(pkcs8))
  write('.oci/short.pem', short.export(pkcs8))
  write(
    '.oci/locked.pem',
    prod.privateKey.export({ ...pkcs8, cipher: 'aes-256-cbc', passphrase: PASS_PHRASE }),
  )
  const { publicKey } = prod
  const user = { name: 'ada', tenancy: TENANCY, user: USER, namespace: NAMESPACE }
  const identity = emulator.addIdentity({ ...user, publicKey })
  const expired = { identity, publicKey, expiresInS: -3600 }
  write('.oci/sessions/EMPTY/token', '')
  write('.oci/sessions/OLD/token', emulator.mintSessionToken(expired))
  write(
    '.oci/sessions/DEV/token',
    emulator.mintSessionToken({ identity, publicKey: dev.publicKey }),
  )
}

/** Regions whose host refuses, says nothing, or shows a certificate that nobody vouches for. */
async function openBrokenNetwork({ route }: Sandbox, open: AsyncDisposableStack): Promise<void> {
  const blackHole = open.use(await startBlackHole())
  const key = await testKey('untrusted')
  const cert = makeLoopbackCertificate(key, Date.now(), [hostOf(UNTRUSTED)])
  const untrusted = open.use(await startEmulator({ tls: { key: key.privatePem, cert } }))
  route(`${hostOf(REFUSING)}:443`, 0)
  route(`${hostOf(SILENT)}:443`, Number(new URL(blackHole.url).port))
  route(`${hostOf(UNTRUSTED)}:443`, untrusted.port)
}
