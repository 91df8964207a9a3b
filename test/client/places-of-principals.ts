/** The environments of an instance and of a pod, as the emulator makes them, and what a client of theirs does first. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ObjectStorageClient } from 'oci-objectstorage'
import type { Emulator, OkeTokenService } from '../../emulator/index.ts'
import { initClient, type ClientOptions, type Environment } from '../../src/client/index.ts'
import { createProfile, type OciProfileInput } from '../../src/schemas/index.ts'
import { makeFolder } from './temp-folder.ts'

export interface Pod {
  env: Environment
  folder: string
  /** A token of the service account, in place of the one that is there. */
  renewToken: (expiresInS?: number) => void
  /** The cluster's certificate authority, as it is now. */
  writeAuthority: (pem?: string) => void
}

export function instanceEnv({ url }: Pick<Emulator, 'url'>): Environment {
  return {
    OCI_METADATA_BASE_URL: `${url}/opc/v2`,
    OCI_PROFILES_ENDPOINT_URL: url,
    HOME: '/nowhere',
  }
}

export function makePod({ url }: Emulator, oke: OkeTokenService): Pod {
  const folder = makeFolder()
  const renewToken = (expiresInS?: number) => {
    const account = { namespace: 'default', serviceAccount: 'app', expiresInS }
    writeFileSync(join(folder, 'token'), `${oke.mintServiceAccountToken(account)}\n`)
  }
  const writeAuthority = (pem = oke.caPem) => writeFileSync(join(folder, 'ca.crt'), pem)
  renewToken()
  writeAuthority()
  const env = {
    KUBERNETES_SERVICE_HOST: oke.host,
    KUBERNETES_SERVICE_PORT_PROXYMUX: String(oke.port),
    OCI_KUBERNETES_SERVICE_ACCOUNT_CERT_PATH: join(folder, 'ca.crt'),
    OCI_PROFILES_ENDPOINT_URL: url,
  }
  return { env, folder, renewToken, writeAuthority }
}

type PrincipalFields = Partial<OciProfileInput> & { authentication: string }

export function storageOf(
  fields: PrincipalFields,
  options: ClientOptions,
): Promise<ObjectStorageClient> {
  return initClient(ObjectStorageClient, createProfile({ auth_profile: 'P', ...fields }), options)
}

export async function namespaceOf(
  fields: PrincipalFields,
  options: ClientOptions,
): Promise<string> {
  return (await (await storageOf(fields, options)).getNamespace({})).value
}

/** What a promise rejects with, and after how many milliseconds. */
export async function refusalOf(
  promise: Promise<unknown>,
): Promise<{ error: unknown; ms: number }> {
  const startedAt = performance.now()
  const error = await promise.then(
    () => null,
    (error: unknown) => error,
  )
  return { error, ms: performance.now() - startedAt }
}
