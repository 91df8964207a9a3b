/**
 * Object Storage clients to compare: of `initClient`, and of Oracle's SDK as it comes, with its signer, its `fetch` and its
 * circuit breaker. Each loads what it needs only when it is asked for, so that a process holds nothing of the other.
 */
import { readFileSync } from 'node:fs'
import type { ObjectStorageClient } from 'oci-objectstorage'
import type { OciProfileConfig } from '../src/schemas/index.ts'

/** Whose clients. */
export type Maker = 'own' | 'oracle'

/** Makes a client of an `api_key` profile with a `key_file`, that calls `url`. */
type MakeClient = (profile: OciProfileConfig, url: string) => Promise<ObjectStorageClient>

const MAKERS: Record<Maker, MakeClient> = { own: makeOwn, oracle: makeOracle }

/** Throws a `RangeError` for a name that nobody has. */
export function makerOf(name: string | undefined): MakeClient {
  if (name === 'own' || name === 'oracle') return MAKERS[name]
  throw new RangeError(`clients are own or oracle, and not ${name}`)
}

async function makeOwn(profile: OciProfileConfig, url: string): Promise<ObjectStorageClient> {
  const { ObjectStorageClient } = await import('oci-objectstorage')
  const { initClient } = await import('../src/client/index.ts')
  return initClient(ObjectStorageClient, profile, { env: { OCI_PROFILES_ENDPOINT_URL: url } })
}

/** With one try per call, as own clients have it. */
async function makeOracle(profile: OciProfileConfig, url: string): Promise<ObjectStorageClient> {
  const { ObjectStorageClient } = await import('oci-objectstorage')
  const { NoRetryConfigurationDetails, SimpleAuthenticationDetailsProvider } =
    await import('oci-common')
  const { tenancy, user, fingerprint, key_file } = profile
  const authenticationDetailsProvider = new SimpleAuthenticationDetailsProvider(
    tenancy ?? '',
    user ?? '',
    fingerprint ?? '',
    readFileSync(key_file ?? '', 'utf8'),
    null,
  )
  const client = new ObjectStorageClient(
    { authenticationDetailsProvider },
    { retryConfiguration: NoRetryConfigurationDetails },
  )
  client.endpoint = url
  return client
}
