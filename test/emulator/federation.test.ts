/** Federation: a token for whom the certificate proves, bound to the key that was sent along; everybody else is refused. */
import { createHash, createPublicKey, X509Certificate, type JsonWebKey } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { writeCertificate, type DistinguishedName } from '../../emulator/certificates/index.ts'
import { startEmulator, type Emulator, type InstancePrincipal } from '../../emulator/index.ts'
import { testKey, testOcid, type TestKey } from '../fixtures/identities.ts'
import {
  addInstance,
  bareKey,
  claimsOf,
  federate as federateAt,
  FEDERATION_DIALECTS,
  NAMESPACE,
  readMachine,
  TENANCY,
  useToken,
  type Federation,
  type Machine,
} from './ask-principals.ts'

const START = Date.UTC(2026, 10, 23, 20, 0, 0)

let emulator: Emulator
let now: number
let principal: InstancePrincipal
let machine: Machine
let sessionKey: TestKey

beforeEach(async () => {
  now = START
  emulator = await startEmulator({ now: () => now })
  principal = await addInstance(emulator)
  machine = await readMachine(emulator)
  sessionKey = await testKey('second')
})
afterEach(() => emulator.close())

const federate = (options: Federation = {}, as = machine) =>
  federateAt(emulator, as, { now, ...options })
const tokenOf = (reply: { json: unknown }) => (reply.json as { token: string }).token

const NOT_IDENTIFIED = {
  status: 401,
  json: {
    code: 'NotAuthenticated',
    message:
      'The required information to complete authentication was not provided or was incorrect.',
  },
}
const BAD_SIGNATURE = {
  status: 401,
  json: { code: 'NotAuthenticated', message: 'Failed to verify the HTTP(S) Signature' },
}

describe('a token', () => {
  test.each(Object.entries(FEDERATION_DIALECTS))('is given to %s', async (_, how) => {
    const reply = await federate({ how })
    expect(reply.status).toBe(200)
    const namespace = await useToken(emulator, tokenOf(reply), { key: sessionKey, now })
    expect(namespace).toMatchObject({ status: 200, json: NAMESPACE })
    const by = { identity: 'vm', user: principal.id, verified: true }
    expect(emulator.requests.slice(-2)).toMatchObject([
      { ...by, service: 'federation' },
      { ...by, service: 'object_storage' },
    ])
  })

  test('holds the claims of OCI’s, with the session’s public key', async () => {
    const claims = claimsOf(tokenOf(await federate()))
    expect(claims).toMatchObject({
      sub: principal.id,
      iss: 'authService.oracle.com',
      ptype: 'instance',
      aud: 'oci',
      ttype: 'x509',
      tenant: TENANCY,
      fprint: machine.certificate.fingerprint,
      'opc-certtype': 'instance',
      'opc-instance': principal.id,
      'opc-compartment': TENANCY,
      'opc-tenant': TENANCY,
      iat: START / 1000,
      exp: START / 1000 + 1200,
      jti: expect.any(String),
    })
    const key = JSON.parse(claims.jwk as string) as JsonWebKey
    expect(createPublicKey({ key, format: 'jwk' }).equals(sessionKey.publicKey)).toBe(true)
  })

  test('lives as long as the principal’s tokens do', async () => {
    await addInstance(emulator, { tokenLifetimeS: 5 })
    const token = tokenOf(await federate({}, await readMachine(emulator)))
    now += 4_999
    expect((await useToken(emulator, token, { key: sessionKey, now })).status).toBe(200)
    now += 1
    expect(await useToken(emulator, token, { key: sessionKey, now })).toMatchObject(NOT_IDENTIFIED)
  })

  test('is of no use with another key, not even the certificate’s', async () => {
    const token = tokenOf(await federate())
    for (const key of [machine.key, await testKey()]) {
      expect(await useToken(emulator, token, { key, now })).toMatchObject(BAD_SIGNATURE)
    }
  })

  test('opens nothing that no policy allows, and ends with its principal', async () => {
    const token = tokenOf(await federate())
    const status = async () => (await useToken(emulator, token, { key: sessionKey, now })).status
    await addInstance(emulator, { namespaceAllowed: false })
    expect(await status()).toBe(404)
    await addInstance(emulator, { id: testOcid('instance', 'successor') })
    expect(await status()).toBe(401)
  })

  test('cannot be exchanged like a session’s', async () => {
    const token = tokenOf(await federate())
    const body = JSON.stringify({ currentToken: token })
    const refresh = { method: 'POST', target: '/v1/authentication/refresh', body }
    const reply = await useToken(emulator, token, { key: sessionKey, now, ...refresh })
    expect(reply).toMatchObject(NOT_IDENTIFIED)
  })

  test('is still given for the certificate before the last', async () => {
    await emulator.rotateInstanceCertificate()
    expect((await federate()).status).toBe(200)
    expect((await federate({}, await readMachine(emulator))).status).toBe(200)
  })

  test('is given whatever the form of the name, and of the certificates', async () => {
    await emulator.rotateInstanceCertificate({ inOnePart: true })
    const inOnePart = await readMachine(emulator)
    expect((await federate({}, inOnePart)).status).toBe(200)
    const fields = {
      certificate: machine.certificate.toString(),
      publicKey: sessionKey.publicPem,
      intermediateCertificates: [machine.intermediate.toString().replaceAll('\n', '\r\n')],
    }
    expect((await federate({ fields })).status).toBe(200)
  })

  test('is given while other certificates are sent too', async () => {
    const intermediateCertificates = [machine.certificate, machine.intermediate].map(({ raw }) =>
      raw.toString('base64'),
    )
    expect((await federate({ fields: { intermediateCertificates } })).status).toBe(200)
  })
})

describe('no token is given', () => {
  const base64 = ({ raw }: X509Certificate) => raw.toString('base64')
  const sha1 = () => machine.certificate.fingerprint
  const sha256 = () => machine.certificate.fingerprint256
  const named = (rest: string): Federation => ({
    how: FEDERATION_DIALECTS.Python,
    keyId: `${TENANCY}/${rest}`,
  })
  const cases: [string, () => Federation | Promise<Federation>][] = [
    ['in the name of another tenancy', () => ({ tenancy: testOcid('tenancy', 'other') })],
    ['for another fingerprint', () => named(`fed-x509/${'ab'.repeat(20)}`)],
    ['for half a fingerprint', () => named(`fed-x509/${sha1().slice(0, 29)}`)],
    ['for a fingerprint of the other algorithm', () => named(`fed-x509/${sha256()}`)],
    ['for a fingerprint that is said to be of the other', () => named(`fed-x509-sha256/${sha1()}`)],
    ['for no fingerprint', () => named('fed-x509/')],
    ['where body and keyId disagree', () => ({ fields: { fingerprintAlgorithm: 'SHA1' } })],
    ['without a certificate', () => ({ fields: { certificate: undefined } })],
    ['for a certificate that is none', () => ({ fields: { certificate: 'AAAA' } })],
    [
      'for a certificate with anything between its letters',
      () => ({ fields: { certificate: base64(machine.certificate).replace(/(?<=^.{9})/, '!') } }),
    ],
    [
      'for a certificate with anything behind it',
      () => ({ fields: { certificate: `${base64(machine.certificate)}=` } }),
    ],
    ['for a key in its place', () => ({ fields: { certificate: bareKey(sessionKey) } })],
    ['without the intermediate', () => ({ fields: { intermediateCertificates: [] } })],
    ['without any', () => ({ fields: { intermediateCertificates: undefined } })],
    [
      'with the leaf in the intermediate’s place',
      () => ({ fields: { intermediateCertificates: [base64(machine.certificate)] } }),
    ],
    [
      'with something that is no certificate',
      () => ({ fields: { intermediateCertificates: [base64(machine.intermediate), 'AAAA'] } }),
    ],
    [
      'with a hundred certificates',
      () => ({
        fields: { intermediateCertificates: Array(100).fill(base64(machine.intermediate)) },
      }),
    ],
    ['when x-content-sha256 is not signed', () => ({ names: ['date', '(request-target)'] })],
    ['when the date is not signed', () => ({ names: ['(request-target)', 'host'] })],
    ['without a signature', () => ({ headers: { authorization: null } })],
  ]
  test.each(cases)('%s', async (_, make) => {
    expect(await federate(await make())).toMatchObject(NOT_IDENTIFIED)
  })

  test('for a signature of another key, or another body', async () => {
    expect(await federate({ key: sessionKey })).toMatchObject(BAD_SIGNATURE)
    const headers = { 'x-content-sha256': '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=' }
    expect(await federate({ headers })).toMatchObject(BAD_SIGNATURE)
  })

  test('at another time than now', async () => {
    const reply = await federate({ now: START - 301_000 })
    expect(reply).toMatchObject({ status: 401, json: { code: 'NotAuthenticated' } })
    expect(reply.text).toContain('is not within allowed clock skew')
  })

  test('for a certificate that has expired, to the second', async () => {
    await emulator.rotateInstanceCertificate({ validForS: 60 })
    const short = await readMachine(emulator)
    now += 59_999
    expect((await federate({}, short)).status).toBe(200)
    now += 1
    expect(await federate({}, short)).toMatchObject(NOT_IDENTIFIED)
    await emulator.rotateInstanceCertificate({ validForS: -1 })
    expect(await federate({}, await readMachine(emulator))).toMatchObject(NOT_IDENTIFIED)
  })

  test('for a certificate that is not yet valid', async () => {
    now -= 2 * 60 * 60 * 1000
    expect(await federate()).toMatchObject(NOT_IDENTIFIED)
  })

  test('for the certificate of another emulator, of the very same instance', async () => {
    await using other = await startEmulator({ now: () => now })
    await addInstance(other)
    const foreign = await readMachine(other)
    expect((await federateAt(other, foreign, { now })).status).toBe(200)
    expect(await federate({}, foreign)).toMatchObject(NOT_IDENTIFIED)
    const intermediateCertificates = [machine.intermediate, foreign.intermediate].map(base64)
    const mixed = { fields: { intermediateCertificates } }
    expect(await federate(mixed, foreign)).toMatchObject(NOT_IDENTIFIED)
  })

  test('in the name of a twin in another tenancy', async () => {
    const tenancy = testOcid('tenancy', 'other')
    await addInstance(emulator, { name: 'twin', id: principal.id, tenancy })
    const twin = await readMachine(emulator)
    expect((await federate({ tenancy }, twin)).status).toBe(200)
    expect(await federate({ tenancy })).toMatchObject(NOT_IDENTIFIED)
    expect((await federate()).status).toBe(200)
  })

  test('for an instance that is known no more', async () => {
    await addInstance(emulator, { id: testOcid('instance', 'successor') })
    expect(await federate()).toMatchObject(NOT_IDENTIFIED)
  })

  test.each([undefined, '', 'AAAA', 7])('for the public key %j', async (publicKey) => {
    const reply = await federate({ fields: { publicKey } })
    expect(reply).toMatchObject({ status: 400, json: { code: 'InvalidParameter' } })
  })

  test('for a purpose that nobody has', async () => {
    const reply = await federate({ fields: { purpose: 'FUN' } })
    expect(reply).toMatchObject({ status: 400, json: { code: 'InvalidParameter' } })
  })

  const forged: [string, (mallory: TestKey) => Machine][] = [
    ['a leaf that signed itself', (mallory) => forge(mallory, { subject: theirs() })],
    [
      'a leaf of a CA with the right name and another key',
      (mallory) => forge(mallory, { issuer: nameOf(machine.intermediate.subject) }),
    ],
    [
      'a leaf that an instance issued',
      () => ({ ...forge(machine.key, { issuer: theirs() }), intermediate: machine.certificate }),
    ],
  ]
  test.each(forged)('for %s', async (_, make) => {
    const mallory = await testKey('mallory')
    expect(await federate({}, make(mallory))).toMatchObject(NOT_IDENTIFIED)
  })

  const theirs = () => nameOf(machine.certificate.subject)
  const nameOf = (subject: string): DistinguishedName =>
    subject.split('\n').map((part) => {
      const [type = '', value = ''] = part.split(/=(.*)/s)
      return [[type as 'CN' | 'OU', value]]
    })

  function forge(
    signer: TestKey,
    {
      subject = theirs(),
      issuer = subject,
    }: Partial<Record<'subject' | 'issuer', DistinguishedName>>,
  ): Machine {
    const leaf = writeCertificate({
      subject,
      publicKey: signer.publicKey,
      issuer: { name: issuer, ...signer },
      notBefore: START - 60_000,
      notAfter: START + 60_000,
      ca: false,
    })
    return { ...machine, key: signer, certificate: new X509Certificate(leaf) }
  }
})

describe('one changed byte', () => {
  const flip = (bytes: Buffer, at: number) => {
    const changed = Buffer.from(bytes)
    changed[at]! ^= 1
    return changed
  }
  /** With the fingerprint of what is sent: it is the certificate that has to show. */
  const changes = {
    certificate: (raw: Buffer): Federation => ({
      keyId: `${TENANCY}/fed-x509/${createHash('sha1').update(raw).digest('hex')}`,
      fields: { certificate: raw.toString('base64'), fingerprintAlgorithm: undefined },
    }),
    intermediate: (raw: Buffer): Federation => ({
      fields: { intermediateCertificates: [raw.toString('base64')] },
    }),
  }

  test.each(['certificate', 'intermediate'] as const)(
    'anywhere in the %s is refused',
    async (part) => {
      const { raw } = machine[part]
      expect((await federate(changes[part](raw))).status).toBe(200)
      for (let at = 0; at < raw.length; at++) {
        const { status } = await federate(changes[part](flip(raw, at)))
        if (status !== 401) expect.fail(`byte ${at} of ${raw.length}: ${status}`)
      }
    },
    60_000,
  )

  test('behind a certificate is refused', async () => {
    const raw = Buffer.concat([machine.intermediate.raw, Buffer.from([0])])
    const fields = { intermediateCertificates: [raw.toString('base64')] }
    expect(await federate({ fields })).toMatchObject(NOT_IDENTIFIED)
  })

  test('anywhere in the token is refused', async () => {
    const token = tokenOf(await federate())
    for (let at = 0; at < token.length; at += 7) {
      const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1)
      const { status } = await useToken(emulator, changed, { key: sessionKey, now })
      if (status !== 401) expect.fail(`character ${at}: ${status}`)
    }
    expect((await useToken(emulator, token, { key: sessionKey, now })).status).toBe(200)
  })
})

describe('faults of federation', () => {
  test('are its own, by the principal’s name', async () => {
    emulator.setFault('vm', { kind: 'status', status: 503, service: 'federation', times: 1 })
    expect((await federate()).status).toBe(503)
    expect((await federate()).status).toBe(200)
    expect(emulator.requestCounts).toMatchObject({ federation: 2, metadata: 3 })
  })

  test('never hide that a request is signed wrongly', async () => {
    emulator.setFault('vm', { kind: 'status', status: 503 })
    expect((await federate({ key: sessionKey })).status).toBe(401)
  })

  test('can be of the clock', async () => {
    emulator.setFault(principal.id, { kind: 'clock', offsetMs: 600_000, service: 'federation' })
    expect((await federate()).text).toContain('allowed clock skew')
  })
})
