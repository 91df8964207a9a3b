/** Profiles and files for the tests of the check: a good profile, and everything that can be wrong with its files. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  createProfile,
  type OciProfileConfig,
  type OciProfileInput,
} from '../../src/schemas/index.ts'
import { testKey, testOcid, type TestKey } from '../fixtures/identities.ts'

export const PASS_PHRASE = 'canary-pass-phrase-6e1f'
export const TENANCY = testOcid('tenancy', 'test')
export const USER = testOcid('user', 'ada')
export const REGION = 'eu-frankfurt-1'

export interface Material extends AsyncDisposable {
  folder: string
  key: TestKey
  other: TestKey
  /** Path of a file of the folder. */
  path(name: string): string
  /** A profile with an API key that has no fault, but for these changes. */
  profile(changes?: Partial<OciProfileInput>): OciProfileConfig
  /** A profile with a session token that has no fault, but for these changes. */
  session(changes?: Partial<OciProfileInput>): OciProfileConfig
}

export async function makeMaterial(): Promise<Material> {
  const folder = await mkdtemp(join(tmpdir(), 'oci-profiles-check-'))
  const path = (name: string) => join(folder, name)
  const [key, other] = await Promise.all([testKey(), testKey('other')])
  await writeKeys(path, key, other)
  await writeTokens(path, key, other)
  const profile = (changes: Partial<OciProfileInput> = {}) =>
    createProfile({
      auth_profile: 'DEV',
      user: USER,
      tenancy: TENANCY,
      region: REGION,
      fingerprint: key.fingerprint,
      key_file: path('key.pem'),
      origin: { kind: 'file', file: '/home/ada/.oci/config', line: 1 },
      ...changes,
    })
  return {
    folder,
    key,
    other,
    path,
    profile,
    session: (changes = {}) =>
      profile({
        authentication: 'security_token',
        user: null,
        fingerprint: null,
        security_token_file: path('token'),
        ...changes,
      }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

async function writeKeys(path: Material['path'], key: TestKey, other: TestKey): Promise<void> {
  const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
  const encrypted = key.privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher: 'aes-256-cbc',
    passphrase: PASS_PHRASE,
  })
  await mkdir(path('folder'))
  const files = {
    'key.pem': key.privatePem,
    'key_public.pem': key.publicPem,
    'lonely_public.pem': key.publicPem,
    'other.pem': other.privatePem,
    'with space.pem': key.privatePem,
    'encrypted.pem': encrypted,
    'broken.pem': key.privatePem.slice(0, 700),
    'text.pem': 'canary-not-a-key-51d0',
    'ec.pem': privatePem(ec),
    'short.pem': privatePem(short),
  }
  await Promise.all(
    Object.entries(files).map(([name, text]) => writeFile(path(name), text, { mode: 0o600 })),
  )
}

async function writeTokens(path: Material['path'], key: TestKey, other: TestKey): Promise<void> {
  const now = Math.floor(Date.now() / 1000)
  const files = {
    token: makeToken({ exp: now + 3600, jwk: jwkOf(key) }),
    'soon.token': makeToken({ exp: now + 300, jwk: jwkOf(key) }),
    'expired.token': makeToken({ exp: 1_700_000_000, jwk: jwkOf(key) }),
    'other.token': makeToken({ exp: now + 3600, jwk: jwkOf(other) }),
    'timeless.token': makeToken({}),
    'text.token': 'canary-not-a-token-9a7c',
    'empty.token': '',
  }
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(path(name), text)))
}

/** A token as far as a client can see: the signature is for OCI to verify. */
export function makeToken(claims: Record<string, unknown>): string {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const body = { sub: USER, tenant: TENANCY, ...claims }
  return `${encode({ alg: 'RS256' })}.${encode(body)}.${encode('canary-signature')}`
}

function jwkOf({ publicKey }: TestKey): string {
  return JSON.stringify(publicKey.export({ format: 'jwk' }))
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}
