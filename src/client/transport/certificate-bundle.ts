/** Certificate authorities beyond those of Node: a file in PEM, read again when it changes. */
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { invalidVariable, readVariable, type Environment } from '../environment.ts'
import { fileStamp } from '../file-stamp.ts'
import { parseCertificates } from '../pem-certificates.ts'
import { FileFaultError, readSmallFile } from '../read-small-file.ts'

const VARIABLE = 'OCI_CLI_CERT_BUNDLE'
const MAX_BYTES = 4 * 1024 * 1024

export interface CertificateBundle {
  /** Equal for equal content of the file. */
  id: string
  context: SecureContext
}

/** Node's roots are a hundred and more: they are put together once, not once per client. */
let latest: CertificateBundle | null = null

/** What `OCI_CLI_CERT_BUNDLE` adds to Node's roots, `null` without it. Rejects with `SETTING_INVALID`. */
export async function readCertificateBundle(env: Environment): Promise<CertificateBundle | null> {
  const path = readVariable(env, VARIABLE)
  if (path === null) return null
  const id = `${path}@${await fileStamp(path)}`
  if (latest?.id === id) return latest
  const own = await readCertificates(path)
  const context = createSecureContext({ ca: [...getCACertificates('default'), ...own] })
  latest = { id, context }
  return latest
}

async function readCertificates(path: string): Promise<string[]> {
  const text = await readBundle(path)
  try {
    return parseCertificates(text).map(String)
  } catch (error) {
    throw invalid(`names ${path}, which ${(error as Error).message}`)
  }
}

async function readBundle(path: string): Promise<string> {
  try {
    return (await readSmallFile(path, MAX_BYTES)).toString('latin1')
  } catch (error) {
    if (!(error instanceof FileFaultError)) throw error
    throw invalid(`names ${path}, which ${error.message}`)
  }
}

function invalid(fault: string): Error {
  return invalidVariable(VARIABLE, fault, 'such as /etc/ssl/certs/company-ca.pem')
}
