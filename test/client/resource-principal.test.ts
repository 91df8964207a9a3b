/** `resource_principal`: what OCI puts into the environment of its resources. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { closeConnections, getSigner, type Environment } from '../../src/client/index.ts'
import { createProfile } from '../../src/schemas/index.ts'
import { exportKey, goodKey, goodPublicKey, PASS_PHRASE, rsaPair } from './key-material.ts'
import { namespaceOf, refusalOf, storageOf } from './places-of-principals.ts'
import { TENANCY } from './profiles.ts'
import { makeToken, makeTokenFor, secondsFromNow } from './session-token.ts'
import { signRequest } from './sign-request.ts'
import { tempFolder } from './temp-folder.ts'

const write = tempFolder()
const token = makeTokenFor(goodPublicKey)
const key = exportKey(goodKey, 'pkcs8')

function signerOf(authentication: string, env: Environment) {
  return getSigner(createProfile({ auth_profile: 'P', authentication }), { env })
}

const withPair = (fields: Environment): Environment => ({
  OCI_RESOURCE_PRINCIPAL_VERSION: '2.2',
  OCI_RESOURCE_PRINCIPAL_RPST: token,
  OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: key,
  ...fields,
})

describe('resource_principal', () => {
  const encrypted = exportKey(goodKey, 'pkcs8', PASS_PHRASE)

  test.for<[string, Environment]>([
    ['values', {}],
    [
      'files',
      {
        OCI_RESOURCE_PRINCIPAL_RPST: write('rpst', `${token}\n`),
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: write('private.pem', key),
      },
    ],
    [
      'an encrypted key and its pass phrase',
      {
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: encrypted,
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE: PASS_PHRASE,
      },
    ],
    [
      'an encrypted key and a file with its pass phrase',
      {
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM: encrypted,
        OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE: write('phrase', `${PASS_PHRASE}\n`),
      },
    ],
  ])('signs with %s', async ([, fields]) => {
    const signer = await signerOf('resource_principal', withPair(fields))
    expect(await signRequest(signer, goodPublicKey)).toMatchObject({
      keyId: `ST$${token}`,
      isValid: true,
    })
  })

  const RPST = 'OCI_RESOURCE_PRINCIPAL_RPST'
  const PEM = 'OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM'
  test.for<[string, Environment, string, string]>([
    [
      'no version',
      { OCI_RESOURCE_PRINCIPAL_VERSION: '' },
      'RESOURCE_PRINCIPAL_UNAVAILABLE',
      'OCI_RESOURCE_PRINCIPAL_VERSION',
    ],
    [
      'another version',
      { OCI_RESOURCE_PRINCIPAL_VERSION: '3.0' },
      'RESOURCE_PRINCIPAL_UNAVAILABLE',
      'OCI_RESOURCE_PRINCIPAL_VERSION',
    ],
    ['no token', { [RPST]: undefined }, 'RESOURCE_PRINCIPAL_UNAVAILABLE', RPST],
    ['no key', { [PEM]: undefined }, 'RESOURCE_PRINCIPAL_UNAVAILABLE', PEM],
    [
      'a file that is not there',
      { [RPST]: '/nowhere/rpst' },
      'RESOURCE_PRINCIPAL_UNAVAILABLE',
      RPST,
    ],
    ['a token that is none', { [RPST]: 'x' }, 'TOKEN_INVALID', RPST],
    ['an expired token', { [RPST]: makeToken({ exp: secondsFromNow(-1) }) }, 'TOKEN_EXPIRED', RPST],
    [
      'the token of another key',
      { [RPST]: makeTokenFor(rsaPair(2048).publicKey) },
      'TOKEN_KEY_MISMATCH',
      RPST,
    ],
    ['a key that is none', { [PEM]: 'x' }, 'KEY_INVALID', PEM],
    [
      'an encrypted key alone',
      { [PEM]: encrypted },
      'PASS_PHRASE_MISSING',
      'OCI_RESOURCE_PRINCIPAL_PRIVATE_PEM_PASSPHRASE',
    ],
  ])('refuses %s', async ([, fields, code, field]) => {
    const refusal = signerOf('resource_principal', withPair(fields))
    await expect(refusal).rejects.toMatchObject({ code, field })
  })

  test('names the version that it cannot use', async () => {
    const env = withPair({ OCI_RESOURCE_PRINCIPAL_VERSION: '3.0' })
    const { error } = await refusalOf(signerOf('resource_principal', env))
    expect(error).toMatchObject({ message: expect.stringMatching(/is "3\.0"; only .* 2\.2/) })
  })

  test('takes up the token that OCI renewed in its file', async () => {
    const env = withPair({ [RPST]: write('renewed', token) })
    const profile = createProfile({ auth_profile: 'P', authentication: 'resource_principal' })
    await getSigner(profile, { env })
    const renewed = makeTokenFor(goodPublicKey, { exp: secondsFromNow(9000) })
    write('renewed', renewed)
    expect(await signRequest(await getSigner(profile, { env }), goodPublicKey)).toHaveProperty(
      'keyId',
      `ST$${renewed}`,
    )
  })
})

describe('a client of a resource', () => {
  const NS = 'axfunction'
  const FUNCTION = 'ocid1.fnfunc.oc1.iad.aaaaaaaafunction'
  const fields = { authentication: 'resource_principal' }
  let emulator: Emulator
  beforeAll(async () => {
    emulator = await startEmulator()
  })
  afterAll(async () => {
    await closeConnections()
    await emulator.close()
  })

  async function rpst(expiresInS?: number): Promise<string> {
    const principal = await emulator.addPrincipal({
      kind: 'resource',
      name: 'fn',
      id: FUNCTION,
      tenancy: TENANCY,
      namespace: NS,
    })
    const input = { principal, publicKey: goodPublicKey, expiresInS }
    return emulator.mintResourcePrincipalToken(input)
  }
  const envWith = (OCI_RESOURCE_PRINCIPAL_RPST: string, extra: Environment = {}): Environment =>
    withPair({ OCI_RESOURCE_PRINCIPAL_RPST, OCI_PROFILES_ENDPOINT_URL: emulator.url, ...extra })

  test('answers with its namespace', async () => {
    expect(await namespaceOf(fields, { env: envWith(await rpst()) })).toBe(NS)
  })

  test('reads its files again when the service refuses the token, and asks once more', async () => {
    const path = write('refused', await rpst())
    const client = await storageOf(fields, { env: envWith(path) })
    write('refused', await rpst(1800))
    emulator.setFault('fn', { kind: 'status', status: 401, times: 1 })
    expect((await client.getNamespace({})).value).toBe(NS)
    emulator.setFault('fn', { kind: 'status', status: 401, times: 2 })
    const { error } = await refusalOf(client.getNamespace({}))
    expect(error).toMatchObject({ statusCode: 401 })
    emulator.setFault('fn', null)
  })

  test.for<[string, string | null, Environment, string]>([
    ['its profile', 'zrh', { OCI_RESOURCE_PRINCIPAL_REGION: 'phx' }, 'eu-zurich-1'],
    ['its environment', null, { OCI_RESOURCE_PRINCIPAL_REGION: 'phx' }, 'us-phoenix-1'],
    [
      'a file',
      null,
      { OCI_RESOURCE_PRINCIPAL_REGION: write('region', 'eu-zurich-1\n') },
      'eu-zurich-1',
    ],
    ['the OCID in its token', null, {}, 'us-ashburn-1'],
  ])('is in the region that %s names', async ([, region, extra, expected]) => {
    const env = envWith(await rpst(), { OCI_PROFILES_ENDPOINT_URL: '', HOME: '/nowhere', ...extra })
    expect((await storageOf({ ...fields, region }, { env })).endpoint).toContain(expected)
  })
})
