/** The section of a sample profile, and the identity and files that it needs. */
import { join } from 'node:path'
import type { Fault } from './faults.ts'
import type { Identity } from './identities.ts'
import { makeOcid } from './ocid.ts'
import type { SampleFile } from './sample-folder.ts'
import type { SampleKeys } from './sample-keys.ts'
import type { Emulator } from './start-emulator.ts'

export interface Material {
  emulator: Emulator
  /** Absolute path. */
  folder: string
  keys: SampleKeys
  /** Grows with what the sections need. */
  files: SampleFile[]
  /** Variables that the profiles need; grows likewise. */
  env: Record<string, string>
}

/** Keys and values of a section. */
export type Fields = Readonly<Record<string, string>>

/** What the emulator knows of an identity: whether a policy allows it anything, and what goes wrong with it. */
export interface Known {
  namespaceAllowed?: boolean
  fault?: Fault
}

export const TENANCY = makeOcid('tenancy', 'emulator')
export const NAMESPACE = 'axsampletenancy'
export const REGION = 'eu-frankfurt-1'

export function addIdentity(
  name: string,
  { namespaceAllowed, fault }: Known,
  { emulator, keys }: Material,
): Identity {
  const identity = emulator.addIdentity({
    name,
    tenancy: TENANCY,
    user: makeOcid('user', name),
    publicKey: keys.api.publicKey,
    namespace: NAMESPACE,
    namespaceAllowed,
  })
  if (fault !== undefined) emulator.setFault(name, fault)
  return identity
}

export function apiKeyFields(name: string, { folder, keys }: Material): Fields {
  return {
    user: makeOcid('user', name),
    fingerprint: keys.api.fingerprint,
    tenancy: TENANCY,
    region: REGION,
    key_file: join(folder, 'keys/api.pem'),
  }
}

/** As the OCI CLI lays a session out: no user, and a folder of its own with key, public key and token. */
export function sessionFields(name: string, expiresInS: number, material: Material): Fields {
  const { emulator, folder, keys, files } = material
  const { publicKey, publicPem, pem, fingerprint } = keys.session
  const identity = addIdentity(name, {}, material)
  const token = emulator.mintSessionToken({ identity, publicKey, expiresInS })
  const session = `sessions/${name}`
  files.push(
    { path: `${session}/oci_api_key.pem`, text: pem },
    { path: `${session}/oci_api_key_public.pem`, text: publicPem },
    // Without a line end: not every SDK trims it.
    { path: `${session}/token`, text: token },
  )
  return {
    fingerprint,
    key_file: join(folder, session, 'oci_api_key.pem'),
    tenancy: TENANCY,
    region: REGION,
    security_token_file: join(folder, session, 'token'),
  }
}

export function keyFile(name: string): (fields: Fields, material: Material) => Fields {
  return (fields, { folder }) => ({ ...fields, key_file: join(folder, 'keys', name) })
}

export function keyFiles(keys: SampleKeys): SampleFile[] {
  return [
    { path: 'keys/api.pem', text: keys.api.pem },
    { path: 'keys/api_public.pem', text: keys.api.publicPem },
    { path: 'keys/broken.pem', text: keys.api.pem.slice(0, 700) },
    { path: 'keys/encrypted.pem', text: keys.encryptedPem },
    { path: 'keys/ec.pem', text: keys.ecPem },
    { path: 'keys/short.pem', text: keys.shortKey.pem },
  ]
}
