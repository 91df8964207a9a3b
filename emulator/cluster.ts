/** An OKE cluster: its token service behind a door of its own, with certificates of the cluster's own CA. */
import { randomBytes } from 'node:crypto'
import { toPem, writeCertificate, type DistinguishedName } from './certificates/index.ts'
import type { Door, TlsFiles } from './door.ts'
import { makeKeyPair, processKey } from './process-keys.ts'
import { ServiceAccounts, type ServiceAccountTokenInput } from './service-accounts.ts'

export interface OkeOptions {
  /** Default 0: any free one. */
  port?: number
  /** Default: as the emulator's. */
  host?: string
  /** False: a basic cluster, which has no workload identity and answers 403. Default true. */
  enhanced?: boolean
}

export interface OkeTokenService {
  /** Base URL, without a trailing slash. */
  readonly url: string
  /** For KUBERNETES_SERVICE_HOST. */
  readonly host: string
  /** For KUBERNETES_SERVICE_PORT_PROXYMUX. */
  readonly port: number
  /** The cluster's CA, as `ca.crt` holds it. */
  readonly caPem: string
  /** As the file `token` beside it holds it. */
  mintServiceAccountToken: (input: ServiceAccountTokenInput) => string
  /** A new CA, and a certificate of the server by it; connections that are open stay. */
  rotateCa: () => Promise<void>
}

interface ClusterCertificates {
  caPem: string
  tls: TlsFiles
}

const DAY_MS = 24 * 60 * 60 * 1000

/** `open` gets certificate and key for the door. */
export async function startCluster(
  { host, now }: { host: string; now: () => number },
  open: (tls: TlsFiles, accounts: ServiceAccounts) => Promise<Door>,
): Promise<OkeTokenService> {
  const [certificates, keys] = await Promise.all([
    makeClusterCertificates(host),
    processKey('service_accounts'),
  ])
  const accounts = new ServiceAccounts(keys)
  const door = await open(certificates.tls, accounts)
  let { caPem } = certificates
  return {
    url: door.url,
    host: door.host,
    port: door.port,
    get caPem() {
      return caPem
    },
    mintServiceAccountToken: (input) => accounts.mint(input, now()),
    rotateCa: async () => {
      const fresh = await makeClusterCertificates(host)
      door.setTls(fresh.tls)
      caPem = fresh.caPem
    },
  }
}

/** By the real clock: TLS libraries know no other. */
async function makeClusterCertificates(host: string): Promise<ClusterCertificates> {
  const [caKey, serverKey] = await Promise.all([makeKeyPair(), processKey('cluster_server')])
  const now = Date.now()
  const validity = { notBefore: now - DAY_MS, notAfter: now + 365 * DAY_MS }
  const name: DistinguishedName = [[['CN', `kubernetes ${randomBytes(4).toString('hex')}`]]]
  const issuer = { name, ...caKey }
  const ca = writeCertificate({ subject: name, ...caKey, issuer, ...validity, ca: true })
  const server = writeCertificate({
    subject: [[['CN', 'proxymux']]],
    ...serverKey,
    issuer,
    ...validity,
    ca: false,
    hosts: [...new Set([host, '127.0.0.1', '::1', 'localhost', 'kubernetes.default.svc'])],
  })
  return {
    caPem: toPem('CERTIFICATE', ca),
    tls: {
      key: serverKey.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
      cert: toPem('CERTIFICATE', server),
    },
  }
}
