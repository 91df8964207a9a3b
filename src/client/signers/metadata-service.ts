/** The metadata service of a compute instance: whether it is there, and which region it names. Known within a second. */
import { OciProfilesError } from '../../errors.ts'
import { readUrlVariable, type Environment } from '../environment.ts'
import { getDirect, TransportError } from '../transport/index.ts'

const USUAL_URL = 'http://169.254.169.254/opc/v2'
const TIMEOUT_MS = 1000

/**
 * `OCI_METADATA_BASE_URL` names another place, with or without a slash at its end. Rejects with `NOT_ON_OCI` when nothing
 * answers there, or something that is not OCI. No proxy is asked: the address is one of the instance itself.
 */
export async function findMetadataService(
  env: Environment,
): Promise<{ url: string; region: string }> {
  const url = readUrlVariable(env, 'OCI_METADATA_BASE_URL') ?? USUAL_URL
  const { status, text } = await ask(`${url}/instance/region`)
  const region = text.trim()
  if (status !== 200 || !/^[a-z0-9-]{2,63}$/.test(region)) {
    const what = status === 200 ? 'something that is no region' : `status ${status}`
    throw new OciProfilesError(
      'NOT_ON_OCI',
      `${url} answered ${what}: it is not OCI's metadata service`,
    )
  }
  return { url, region }
}

async function ask(url: string): Promise<{ status: number; text: string }> {
  const startedAt = performance.now()
  try {
    return await getDirect(url, { authorization: 'Bearer Oracle' }, TIMEOUT_MS)
  } catch (error) {
    if (!(error instanceof TransportError)) throw error
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
    throw new OciProfilesError(
      'NOT_ON_OCI',
      `No metadata service answers at ${new URL(url).host} (tried for ${seconds} s)`,
      { cause: error },
    )
  }
}
