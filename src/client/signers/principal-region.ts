/** The region that OCI tells a principal by its environment, for profiles that name none. */
import { isAbsolute } from 'node:path'
import type { OciProfileConfig } from '../../schemas/index.ts'
import { readVariable, type Environment } from '../environment.ts'
import { FileFaultError, readSmallFile } from '../read-small-file.ts'

const REGION = 'OCI_RESOURCE_PRINCIPAL_REGION'
const TYPES = ['resource_principal', 'oke_workload_identity']

/** A value, or the content of the file that it names; `null` for other types and where there is none. */
export async function principalRegion(
  { authentication }: Pick<OciProfileConfig, 'authentication'>,
  env: Environment,
): Promise<string | null> {
  const value = TYPES.includes(authentication) ? readVariable(env, REGION) : null
  if (value === null || !isAbsolute(value)) return value
  try {
    return (await readSmallFile(value)).toString('utf8').trim() || null
  } catch (error) {
    if (error instanceof FileFaultError) return null
    throw error
  }
}
