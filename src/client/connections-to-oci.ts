/** How this package's own calls reach OCI: by the proxies and the certificates of the environment. */
import { DEFAULT_CONNECT_TIMEOUT_MS } from './client-options.ts'
import type { Environment } from './environment.ts'
import { readCertificateBundle, readProxies, type ConnectionSettings } from './transport/index.ts'

/** Rejects with `SETTING_INVALID`. */
export async function connectionsToOci(env: Environment): Promise<ConnectionSettings> {
  return {
    connectTimeoutMs: DEFAULT_CONNECT_TIMEOUT_MS,
    proxies: readProxies(env),
    certificates: await readCertificateBundle(env),
  }
}
