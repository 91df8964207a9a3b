/** X.509 certificates, version 3, signed with RSA and SHA-256 (RFC 5280). Whom to name in them is the caller's work. */
import { createHash, randomBytes, sign, type KeyObject } from 'node:crypto'
import {
  addressBytes,
  bits,
  context,
  explicit,
  integer,
  nothing,
  octets,
  oid,
  sequence,
  set,
  text,
  time,
  truth,
} from './der.ts'

/** `['CN', 'some name']` */
export type Attribute = readonly [type: keyof typeof ATTRIBUTES, value: string]
/** Relative names; most have one attribute. */
export type DistinguishedName = readonly (readonly Attribute[])[]

export interface CertificateInput {
  subject: DistinguishedName
  publicKey: KeyObject
  /** Of who signs: its name and its key pair. */
  issuer: { name: DistinguishedName; publicKey: KeyObject; privateKey: KeyObject }
  /** Milliseconds since 1970, like `notAfter`; whole seconds count. */
  notBefore: number
  notAfter: number
  /** May sign other certificates. */
  ca: boolean
  /** DNS names and IP addresses that a server with this certificate answers under. */
  hosts?: readonly string[]
}

const ATTRIBUTES = { CN: '2.5.4.3', O: '2.5.4.10', OU: '2.5.4.11' }
const SHA256_WITH_RSA = '1.2.840.113549.1.1.11'
const EXTENSIONS = {
  subjectKey: '2.5.29.14',
  keyUsage: '2.5.29.15',
  altName: '2.5.29.17',
  constraints: '2.5.29.19',
  issuerKey: '2.5.29.35',
}

/** In DER. */
export function writeCertificate(input: CertificateInput): Buffer {
  const { subject, publicKey, issuer, notBefore, notAfter } = input
  const algorithm = sequence(oid(SHA256_WITH_RSA), nothing())
  const body = sequence(
    explicit(0, integer(Buffer.from([2]))),
    // Positive, and never shorter than it seems.
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    algorithm,
    nameOf(issuer.name),
    sequence(time(notBefore), time(notAfter)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(...extensionsOf(input))),
  )
  return sequence(body, algorithm, bits(sign('RSA-SHA256', body, issuer.privateKey)))
}

function nameOf(name: DistinguishedName): Buffer {
  const relative = name.map((attributes) =>
    set(...attributes.map(([type, value]) => sequence(oid(ATTRIBUTES[type]), text(value)))),
  )
  return sequence(...relative)
}

function extensionsOf({ publicKey, issuer, ca, hosts = [] }: CertificateInput): Buffer[] {
  // Who signs certificates signs revocations too; all others sign and take keys.
  const usage = ca ? [0x86, 1] : [0xa0, 5]
  const extensions = [
    extension('constraints', sequence(...(ca ? [truth()] : [])), 'critical'),
    extension('keyUsage', bits(Buffer.from([usage[0]!]), usage[1]), 'critical'),
    extension('subjectKey', octets(keyIdentifier(publicKey))),
    extension('issuerKey', sequence(context(0, keyIdentifier(issuer.publicKey)))),
  ]
  if (hosts.length > 0) extensions.push(extension('altName', sequence(...hosts.map(hostName))))
  return extensions
}

function extension(name: keyof typeof EXTENSIONS, value: Buffer, weight?: 'critical'): Buffer {
  const critical = weight === 'critical' ? [truth()] : []
  return sequence(oid(EXTENSIONS[name]), ...critical, octets(value))
}

function hostName(host: string): Buffer {
  const address = addressBytes(host)
  return address === null ? context(2, host) : context(7, address)
}

function keyIdentifier(key: KeyObject): Buffer {
  return createHash('sha1')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest()
}
