/** Signatures per second: the signer of a profile against bare `crypto.sign`, and against the signer of Oracle's SDK. */
import { generateKeyPairSync, sign } from 'node:crypto'
import { DefaultRequestSigner, SimpleAuthenticationDetailsProvider } from 'oci-common'
import { getSigner, keyFingerprint } from '../src/client/index.ts'
import { createProfile } from '../src/schemas/index.ts'
import type { Bench, Figure } from './figure.ts'
import { interleave, median, medianRatio } from './rounds.ts'

const ROUNDS = 11
const SIGNATURES = 200
const TENANCY = `ocid1.tenancy.oc1..${'t'.repeat(60)}`
const USER = `ocid1.user.oc1..${'u'.repeat(60)}`
const URI = 'https://objectstorage.eu-frankfurt-1.oraclecloud.com/n'

/** As long as a question to a language model, and as a conversation with one. */
const SHORT = makeBody(1)
const LONG = makeBody(64)

export const signatures: Bench = { name: 'signatures', run }

async function run(): Promise<Figure[]> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const fingerprint = keyFingerprint(privateKey)
  const own = await getSigner(
    createProfile({
      auth_profile: 'BENCH',
      user: USER,
      tenancy: TENANCY,
      fingerprint,
      region: 'eu-frankfurt-1',
      key_content: pem,
    }),
  )
  const sdk = new DefaultRequestSigner(
    new SimpleAuthenticationDetailsProvider(TENANCY, USER, fingerprint, pem, null),
  )
  const text = Buffer.from(
    `x-date: ${new Date().toUTCString()}\n(request-target): get /n\nhost: ${new URL(URI).host}`,
  )

  const results = await interleave(ROUNDS, {
    own: () => perSecond(() => own.signHttpRequest(newGet())),
    bare: () => perSecond(() => void sign('RSA-SHA256', text, privateKey)),
    sdk: () => perSecond(() => sdk.signHttpRequest(newGet())),
    ownShort: () => perSecond(() => own.signHttpRequest(newPost(SHORT))),
    sdkShort: () => perSecond(() => sdk.signHttpRequest(newPost(SHORT))),
    ownLong: () => perSecond(() => own.signHttpRequest(newPost(LONG))),
    sdkLong: () => perSecond(() => sdk.signHttpRequest(newPost(LONG))),
  })
  return [
    {
      name: 'signatures per second: share of bare crypto.sign',
      value: medianRatio(results.own, results.bare),
      unit: 'times',
      aim: { atLeast: 0.9 },
      detail: `${rate(results.own)}/s; crypto.sign ${rate(results.bare)}/s (RSA-2048)`,
    },
    againstSdk('GET', results.own, results.sdk),
    againstSdk('POST of 1 KiB', results.ownShort, results.sdkShort),
    againstSdk('POST of 64 KiB', results.ownLong, results.sdkLong),
  ]
}

function againstSdk(request: string, own: readonly number[], sdk: readonly number[]): Figure {
  return {
    name: `signatures per second: against the SDK's own signer, ${request}`,
    value: medianRatio(own, sdk),
    unit: 'times',
    aim: { atLeast: 3 },
    detail: `${rate(own)}/s; DefaultRequestSigner ${rate(sdk)}/s`,
  }
}

function makeBody(kibibytes: number): string {
  return JSON.stringify({ text: 'x'.repeat(kibibytes * 1024 - 11) })
}

function newGet() {
  return { method: 'GET' as const, uri: URI, headers: new Headers({ accept: 'application/json' }) }
}

function newPost(body: string) {
  const headers = new Headers({ 'content-type': 'application/json' })
  return { method: 'POST' as const, uri: URI, headers, body }
}

async function perSecond(signOnce: () => Promise<void> | void): Promise<number> {
  const start = performance.now()
  for (let count = 0; count < SIGNATURES; count += 1) await signOnce()
  return (SIGNATURES / (performance.now() - start)) * 1000
}

function rate(values: readonly number[]): string {
  return Math.round(median(values)).toString()
}
