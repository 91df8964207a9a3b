/** Certificates written and verified, with Node's cryptography and nothing else. */
export { fromArmour, toPem } from './armour.ts'
export { parseCertificate, verifyChain } from './verify-chain.ts'
export { writeCertificate, type DistinguishedName } from './write-certificate.ts'
