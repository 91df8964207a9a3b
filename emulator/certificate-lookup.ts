/** keyId `tenancy/fed-x509/fingerprint` and the certificates in the body → the instance that they prove. */
import { createHash, type X509Certificate } from 'node:crypto'
import type { Callers } from './callers.ts'
import { fromArmour, parseCertificate, verifyChain } from './certificates/index.ts'
import { parseJsonObject, type JsonObject } from './json-object.ts'
import type { Signer } from './signer-lookup.ts'

export interface Evidence {
  keyId: string
  body: Buffer
}

export interface Trust {
  /** `null` as long as no instance was certified. */
  root: X509Certificate | null
  callers: Callers
}

interface FederationKeyId {
  tenancy: string
  algorithm: Algorithm
  /** Lower-case hex. */
  fingerprint: string
}

type Algorithm = 'sha1' | 'sha256'

const KEY_ID = /^([^/]+)\/fed-x509(-sha256)?\/([0-9a-f]{2}(?::?[0-9a-f]{2})+)$/i
const MAX_INTERMEDIATES = 5

/** `null` where anything in the evidence is missing, broken, outdated or of somebody else. `now` in milliseconds. */
export function findCertificateSigner(
  { keyId, body }: Evidence,
  { root, callers }: Trust,
  now: number,
): Signer | null {
  const named = parseFederationKeyId(keyId)
  const fields = parseJsonObject(body)
  if (named === null || fields === null || root === null) return null

  const leaf = readCertificate(fields.certificate)
  const intermediates = readIntermediates(fields)
  if (leaf === null || intermediates === null) return null
  if (!agrees(fields.fingerprintAlgorithm, named.algorithm)) return null
  if (fingerprintOf(leaf, named.algorithm) !== named.fingerprint) return null
  if (!verifyChain({ leaf, intermediates }, root, now)) return null

  // From here on it is our own text.
  const units = unitsOf(leaf)
  if (units.get('opc-certtype') !== 'instance') return null
  if (units.get('opc-tenant') !== named.tenancy) return null
  const caller = callers.byOcid(named.tenancy, units.get('opc-instance') ?? '')
  return caller === null ? null : { caller, key: leaf.publicKey, token: null }
}

/** In any case, with colons or without. */
export function parseFederationKeyId(keyId: string): FederationKeyId | null {
  const [, tenancy, sha256, fingerprint] = KEY_ID.exec(keyId) ?? []
  if (tenancy === undefined || fingerprint === undefined) return null
  return {
    tenancy,
    algorithm: sha256 === undefined ? 'sha1' : 'sha256',
    fingerprint: fingerprint.replaceAll(':', '').toLowerCase(),
  }
}

function readCertificate(text: unknown): X509Certificate | null {
  const bytes = fromArmour('CERTIFICATE', text)
  return bytes === null ? null : parseCertificate(bytes)
}

/** `null` where one of them is no certificate, and for more than anybody needs. */
function readIntermediates({ intermediateCertificates }: JsonObject): X509Certificate[] | null {
  const texts: unknown[] = Array.isArray(intermediateCertificates) ? intermediateCertificates : []
  if (texts.length > MAX_INTERMEDIATES) return null
  const certificates = texts.map(readCertificate).filter((certificate) => certificate !== null)
  return certificates.length === texts.length ? certificates : null
}

function agrees(stated: unknown, algorithm: Algorithm): boolean {
  return stated === undefined || stated === algorithm.toUpperCase()
}

function fingerprintOf(certificate: X509Certificate, algorithm: Algorithm): string {
  return createHash(algorithm).update(certificate.raw).digest('hex')
}

/** `opc-tenant:ocid1…` and its like, from the parts of the subject. */
function unitsOf({ subject }: X509Certificate): Map<string, string> {
  const units = new Map<string, string>()
  for (const part of subject.split(/\n| \+ /)) {
    const [, name, value] = /^OU=([\w-]+):(.+)$/.exec(part) ?? []
    if (name !== undefined && value !== undefined) units.set(name, value)
  }
  return units
}
