/** TLS as libpq's sslmode means it, in the options of Node. */
import { readFile } from 'node:fs/promises'
import { getCACertificates, type ConnectionOptions } from 'node:tls'
import { OciProfilesError } from '../../errors.ts'
import type { PostgresUrl } from '../../settings/index.ts'

export type TlsOptions = ConnectionOptions | false

/** How to connect, in order: the next way counts where the server does not speak TLS. */
export async function tlsWays(url: PostgresUrl): Promise<TlsOptions[]> {
  // A socket never leaves the machine: libpq ignores sslmode there too.
  if (url.host.startsWith('/') || url.sslMode === 'disable') return [false]
  const options = await makeTlsOptions(url)
  return url.sslMode === 'prefer' ? [options, false] : [options]
}

async function makeTlsOptions(url: PostgresUrl): Promise<ConnectionOptions> {
  const cert = await readIfNamed(url.sslCert)
  const key = await readIfNamed(url.sslKey)
  return { ...(await makeTrust(url)), ...(cert && key && { cert, key }) }
}

/** What is written out here counts whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
async function makeTrust({ sslMode, sslRootCert }: PostgresUrl): Promise<ConnectionOptions> {
  const isVerified = sslMode.startsWith('verify-') || sslRootCert !== null
  if (!isVerified || sslMode === 'prefer') return { rejectUnauthorized: false }
  const ca = sslRootCert === 'system' ? getCACertificates('system') : await readIfNamed(sslRootCert)
  const trust = { rejectUnauthorized: true, ...(ca && { ca }) }
  return sslMode === 'verify-full' ? trust : { ...trust, checkServerIdentity: () => undefined }
}

async function readIfNamed(path: string | null): Promise<string | null> {
  if (path === null) return null
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error'
    throw new OciProfilesError('DATABASE_TLS_FAILED', `${path} cannot be read (${reason})`, {
      field: 'database_url',
      fix: 'Correct the path in database_url, or give this user the right to read the file.',
    })
  }
}
