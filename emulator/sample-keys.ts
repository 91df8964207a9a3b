/** The keys of the sample profiles: few, made side by side, used by many profiles. */
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import { fingerprintOf } from './identities.ts'

const generate = promisify(generateKeyPair)

export const SAMPLE_PASS_PHRASE = 'correct horse battery staple'

export interface SampleKey {
  publicKey: KeyObject
  fingerprint: string
  /** PKCS#8, with the label that Oracle's tools put behind it. */
  pem: string
  publicPem: string
}

export interface SampleKeys {
  api: SampleKey
  session: SampleKey
  /** The API key, encrypted with SAMPLE_PASS_PHRASE. */
  encryptedPem: string
  ecPem: string
  /** RSA, but of 1024 bits. */
  shortKey: SampleKey
}

export async function makeSampleKeys(): Promise<SampleKeys> {
  const [api, session, short, ec] = await Promise.all([
    generate('rsa', { modulusLength: 2048 }),
    generate('rsa', { modulusLength: 2048 }),
    generate('rsa', { modulusLength: 1024 }),
    generate('ec', { namedCurve: 'prime256v1' }),
  ])
  return {
    api: toSampleKey(api),
    session: toSampleKey(session),
    encryptedPem: api.privateKey.export({
      type: 'pkcs8',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: SAMPLE_PASS_PHRASE,
    }) as string,
    ecPem: privatePem(ec.privateKey),
    shortKey: toSampleKey(short),
  }
}

function toSampleKey(pair: { publicKey: KeyObject; privateKey: KeyObject }): SampleKey {
  const { publicKey, privateKey } = pair
  return {
    publicKey,
    fingerprint: fingerprintOf(publicKey),
    pem: `${privatePem(privateKey)}OCI_API_KEY\n`,
    publicPem: publicKey.export({ type: 'spki', format: 'pem' }) as string,
  }
}

function privatePem(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string
}
