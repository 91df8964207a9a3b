/** The sample profiles, good and bad of every kind. */
import { join } from 'node:path'
import { SAMPLE_PASS_PHRASE } from './sample-keys.ts'
import { instanceFields, resourceFields, workloadFields } from './sample-principals.ts'
import {
  keyFile,
  sessionFields,
  type Fields,
  type Known,
  type Material,
} from './sample-sections.ts'

export interface Sample {
  name: string
  about: string
  code: string | null
  /** Differs from an ordinary profile with an API key. */
  change?: (fields: Fields, material: Material) => Fields | Promise<Fields>
  /** Makes the identity known to the emulator, and what is to go wrong with it: a profile that is mended works then. */
  known?: Known
}

const DAY_S = 24 * 60 * 60
const MINUTE_MS = 60_000

/** These need variables in the environment of who uses them. */
export const PRINCIPAL_SAMPLES: readonly Sample[] = [
  {
    name: 'INSTANCE_PRINCIPAL',
    about: 'the machine itself, by its certificate',
    code: null,
    change: (_, material) => instanceFields('INSTANCE_PRINCIPAL', material),
  },
  {
    name: 'OKE_WORKLOAD',
    about: 'pod of Kubernetes, by its service account',
    code: null,
    change: (_, material) => workloadFields('OKE_WORKLOAD', DAY_S, material),
  },
  {
    name: 'RESOURCE_PRINCIPAL',
    about: 'resource such as a function, by the token that OCI gives it',
    code: null,
    change: (_, material) => resourceFields('RESOURCE_PRINCIPAL', DAY_S, material),
  },
]

export const SAMPLES: readonly Sample[] = [
  { name: 'DEFAULT', about: 'API key', code: null, known: {} },
  {
    name: 'ENCRYPTED_KEY',
    about: 'API key that is encrypted with a pass phrase',
    code: null,
    known: {},
    change: (fields, { folder }) => ({
      ...fields,
      key_file: join(folder, 'keys/encrypted.pem'),
      pass_phrase: SAMPLE_PASS_PHRASE,
    }),
  },
  {
    name: 'SESSION',
    about: 'session token, as "oci session authenticate" leaves it',
    code: null,
    change: (_, material) => sessionFields('SESSION', DAY_S, material),
  },
  {
    name: 'WRONG_FINGERPRINT',
    about: 'fingerprint of another key',
    code: 'FINGERPRINT_MISMATCH',
    known: {},
    change: (fields, { keys }) => ({ ...fields, fingerprint: keys.session.fingerprint }),
  },
  {
    name: 'NO_KEY_FILE',
    about: 'key file that is not there',
    code: 'KEY_FILE_NOT_FOUND',
    known: {},
    change: keyFile('lost.pem'),
  },
  {
    name: 'PUBLIC_KEY',
    about: 'public key in place of the private one',
    code: 'KEY_IS_PUBLIC',
    known: {},
    change: keyFile('api_public.pem'),
  },
  {
    name: 'BROKEN_KEY',
    about: 'key file that was cut off',
    code: 'KEY_INVALID',
    known: {},
    change: keyFile('broken.pem'),
  },
  {
    name: 'EC_KEY',
    about: 'key of a kind that OCI does not take',
    code: 'KEY_NOT_RSA',
    known: {},
    change: keyFile('ec.pem'),
  },
  {
    name: 'SHORT_KEY',
    about: 'RSA key of 1024 bits',
    code: 'KEY_TOO_SHORT',
    change: (fields, { folder, keys }) => ({
      ...fields,
      fingerprint: keys.shortKey.fingerprint,
      key_file: join(folder, 'keys/short.pem'),
    }),
  },
  {
    name: 'NO_PASS_PHRASE',
    about: 'encrypted key without its pass phrase',
    code: 'PASS_PHRASE_MISSING',
    known: {},
    change: keyFile('encrypted.pem'),
  },
  {
    name: 'WRONG_PASS_PHRASE',
    about: 'encrypted key with a wrong pass phrase',
    code: 'PASS_PHRASE_WRONG',
    known: {},
    change: (fields, { folder }) => ({
      ...fields,
      key_file: join(folder, 'keys/encrypted.pem'),
      pass_phrase: 'hunter2',
    }),
  },
  {
    name: 'EXPIRED_SESSION',
    about: 'session token of yesterday',
    code: 'TOKEN_EXPIRED',
    change: (_, material) => sessionFields('EXPIRED_SESSION', -DAY_S, material),
  },
  {
    name: 'UNKNOWN_AUTHENTICATION',
    about: 'type of authentication that does not exist',
    code: 'AUTHENTICATION_UNKNOWN',
    known: {},
    change: (fields) => ({ ...fields, authentication: 'password' }),
  },
  {
    name: 'NO_USER',
    about: 'user left empty',
    code: 'FIELD_MISSING',
    change: (fields) => ({ ...fields, user: '' }),
  },
  {
    name: 'UNKNOWN_USER',
    about: 'user that the tenancy does not have',
    code: 'NOT_AUTHENTICATED',
  },
  {
    name: 'NO_POLICY',
    about: 'user whom no policy allows Object Storage',
    code: 'NOT_AUTHORIZED',
    known: { namespaceAllowed: false },
  },
  {
    name: 'CLOCK_BEHIND',
    about: 'service whose clock is 7 min 12 s ahead of this machine',
    code: 'CLOCK_SKEW',
    known: { fault: { kind: 'clock', offsetMs: 7.2 * MINUTE_MS } },
  },
  {
    name: 'TOO_FAST',
    about: 'user who is told to slow down',
    code: 'RATE_LIMITED',
    known: { fault: { kind: 'status', status: 429, retryAfterS: 30 } },
  },
  {
    name: 'SERVICE_DOWN',
    about: 'service that fails',
    code: 'SERVICE_ERROR',
    known: { fault: { kind: 'status', status: 503 } },
  },
  {
    name: 'GUEST_NETWORK',
    about: 'web page that answers in place of OCI',
    code: 'UNEXPECTED_RESPONSE',
    known: { fault: { kind: 'nonsense', body: 'html' } },
  },
  {
    name: 'CONNECTION_RESET',
    about: 'connection that breaks off',
    code: 'CONNECTION_LOST',
    known: { fault: { kind: 'reset' } },
  },
]
