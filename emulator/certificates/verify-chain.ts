/** Is a certificate issued, over others that were sent with it, by a root that is trusted? Pure. */
import { X509Certificate } from 'node:crypto'

export interface Chain {
  leaf: X509Certificate
  /** In any order; those that lead nowhere do no harm. */
  intermediates: readonly X509Certificate[]
}

/** `null` for what is no certificate, and for one with anything behind it or written in an unusual way. */
export function parseCertificate(bytes: Buffer): X509Certificate | null {
  try {
    const certificate = new X509Certificate(bytes)
    return certificate.raw.equals(bytes) ? certificate : null
  } catch {
    return null
  }
}

/** Names, signatures, dates and the right to sign, from the leaf up to the root. `now` in milliseconds. */
export function verifyChain(
  { leaf, intermediates }: Chain,
  root: X509Certificate,
  now: number,
): boolean {
  if (!isCurrent(leaf, now)) return false
  const issuers = [root, ...intermediates].filter((issuer) => isCurrent(issuer, now))
  const passed = new Set<X509Certificate>()
  let current: X509Certificate | undefined = leaf
  while (current !== undefined && !passed.has(current)) {
    if (current === root) return true
    const certificate: X509Certificate = current
    passed.add(certificate)
    current = issuers.find((issuer) => isIssuedBy(certificate, issuer))
  }
  return false
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return issuer.ca && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false
  }
}

function isCurrent({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return validFromDate.getTime() <= now && now < validToDate.getTime()
}
