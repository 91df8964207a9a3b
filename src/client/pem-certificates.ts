/** Text that holds certificates in PEM → the certificates. Other text around them is no harm. Pure. */
import { X509Certificate } from 'node:crypto'

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/** One or more. Throws an `Error` whose message goes after the name of the text: "holds no certificate in PEM". */
export function parseCertificates(text: string): X509Certificate[] {
  const found = text.match(CERTIFICATE)
  if (!found) throw new Error('holds no certificate in PEM')
  return found.map(parse)
}

function parse(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem)
  } catch {
    throw new Error('holds a damaged certificate')
  }
}
