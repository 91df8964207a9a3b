/** What an instance proves itself with: the certificate that OCI gave it, and the key to that. OCI replaces them every few hours. */
import { createPrivateKey, type KeyObject, type X509Certificate } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { OciProfilesError } from '../../errors.ts'
import { parseCertificates } from '../pem-certificates.ts'
import type { Credentials } from '../signing/index.ts'
import type { MetadataService } from './metadata-service.ts'

/** The pair to sign with is that of the certificate. */
export interface InstanceIdentity extends Credentials {
  leaf: X509Certificate
  intermediates: X509Certificate[]
  /** OCID. */
  tenancy: string
}

const CERTIFICATE = 'identity/cert.pem'
const KEY = 'identity/key.pem'
const INTERMEDIATE = 'identity/intermediate.pem'
const PATIENCE_MS = [50, 150]

/** Oracle's SDKs look for the tenancy in these attributes, in this order. */
const TENANCIES = [
  /\bOU=opc-tenant:([A-Za-z0-9._-]+)/,
  /\bO=opc-tenant:([A-Za-z0-9._-]+)/,
  /\bO=opc-identity:([A-Za-z0-9._-]+)/,
]

/** Caught while they are replaced, they are read again. Rejects with `NOT_ON_OCI` or `UNEXPECTED_RESPONSE`. */
export async function readInstanceIdentity(
  metadata: MetadataService,
  signal: AbortSignal,
): Promise<InstanceIdentity> {
  for (const ms of PATIENCE_MS) {
    const identity = await readOnce(metadata, signal)
    if (isPair(identity)) return identity
    await pause(ms)
  }
  const identity = await readOnce(metadata, signal)
  if (isPair(identity)) return identity
  throw malformed(`${KEY} is not the key of ${CERTIFICATE}`)
}

async function readOnce(metadata: MetadataService, signal: AbortSignal): Promise<InstanceIdentity> {
  const [leafText, keyText, intermediateText] = await Promise.all([
    metadata.read(CERTIFICATE, signal),
    metadata.read(KEY, signal),
    metadata.read(INTERMEDIATE, signal),
  ])
  const [leaf] = certificatesIn(leafText, CERTIFICATE)
  const tenancy = tenancyOf(leaf)
  const fingerprint = leaf.fingerprint256.toLowerCase()
  return {
    leaf,
    intermediates: certificatesIn(intermediateText, INTERMEDIATE),
    tenancy,
    key: keyIn(keyText),
    keyId: `${tenancy}/fed-x509-sha256/${fingerprint}`,
  }
}

function isPair({ leaf, key }: InstanceIdentity): boolean {
  return leaf.checkPrivateKey(key)
}

function certificatesIn(text: string, path: string): [X509Certificate, ...X509Certificate[]] {
  try {
    return parseCertificates(text) as [X509Certificate, ...X509Certificate[]]
  } catch (error) {
    throw malformed(`${path} ${(error as Error).message}`)
  }
}

function keyIn(text: string): KeyObject {
  try {
    return createPrivateKey(text)
  } catch {
    throw malformed(`${KEY} holds no private key`)
  }
}

function tenancyOf({ subject }: X509Certificate): string {
  for (const pattern of TENANCIES) {
    const found = pattern.exec(subject)?.[1]
    if (found !== undefined) return found
  }
  throw malformed(`${CERTIFICATE} names no tenancy`)
}

function malformed(what: string): OciProfilesError {
  return new OciProfilesError('UNEXPECTED_RESPONSE', `The metadata service is not OCI's: ${what}`, {
    fix: 'See what answers in the place of the metadata service, and whether OCI_METADATA_BASE_URL is right.',
  })
}
