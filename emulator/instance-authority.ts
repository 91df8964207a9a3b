/** Who certifies instances: a root, and an intermediate that signs their certificates. */
import { randomBytes, X509Certificate } from 'node:crypto'
import { toPem, writeCertificate, type DistinguishedName } from './certificates/index.ts'
import type { InstancePrincipal } from './principals.ts'
import { processKey, type KeyPair } from './process-keys.ts'

export interface InstanceAuthority {
  root: X509Certificate
  intermediatePem: string
  /** The certificate of an instance, in PEM. */
  issue: (principal: InstancePrincipal, key: KeyPair, form: CertificateForm) => string
}

export interface CertificateForm {
  /** Milliseconds since 1970. */
  notBefore: number
  notAfter: number
  /** All that is said of the instance in one part of the name, as some real certificates have it. */
  inOnePart: boolean
}

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/** `now` in milliseconds. Emulators of one process share keys but not names: none takes the other's certificates. */
export async function makeInstanceAuthority(now: number): Promise<InstanceAuthority> {
  const [rootKey, key] = await Promise.all([processKey('root'), processKey('intermediate')])
  const id = randomBytes(4).toString('hex')
  const rootName: DistinguishedName = [[['CN', `Emulator root ${id}`]]]
  const name: DistinguishedName = [[['CN', `Emulator instances ${id}`]]]
  const validity = { notBefore: now - YEAR_MS, notAfter: now + 10 * YEAR_MS, ca: true }
  const issuer = { name: rootName, ...rootKey }
  const root = writeCertificate({ subject: rootName, ...rootKey, issuer, ...validity })
  const intermediate = writeCertificate({ subject: name, ...key, issuer, ...validity })
  return {
    root: new X509Certificate(root),
    intermediatePem: toPem('CERTIFICATE', intermediate),
    issue: (principal, { publicKey }, { notBefore, notAfter, inOnePart }) => {
      const subject = instanceName(principal, inOnePart)
      const leaf = { subject, publicKey, issuer: { name, ...key }, notBefore, notAfter, ca: false }
      return toPem('CERTIFICATE', writeCertificate(leaf))
    },
  }
}

function instanceName(
  { id, compartment, tenancy }: InstancePrincipal,
  inOnePart: boolean,
): DistinguishedName {
  const units = [
    ['OU', 'opc-certtype:instance'],
    ['OU', `opc-compartment:${compartment}`],
    ['OU', `opc-instance:${id}`],
    ['OU', `opc-tenant:${tenancy}`],
  ] as const
  return [[['CN', id]], ...(inOnePart ? [units] : units.map((unit) => [unit]))]
}
