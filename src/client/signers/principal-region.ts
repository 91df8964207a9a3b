/** The region of a principal, for profiles that name none: what its environment says, what its token says, where it runs. */
import { isAbsolute } from 'node:path'
import { OciProfilesError } from '../../errors.ts'
import type { OciProfileConfig } from '../../schemas/index.ts'
import { readVariable, type Environment } from '../environment.ts'
import { MetadataService } from '../principals/index.ts'
import { FileFaultError, readSmallFile } from '../read-small-file.ts'
import type { Home } from '../signing/index.ts'

const REGION = 'OCI_RESOURCE_PRINCIPAL_REGION'
const TYPES = ['resource_principal', 'oke_workload_identity']

/** Identifier or short code; `null` for other types and where nobody knows. */
export async function principalRegion(
  { authentication }: Pick<OciProfileConfig, 'authentication'>,
  home: Home,
  env: Environment,
): Promise<string | null> {
  const told = TYPES.includes(authentication) ? await toldRegion(env) : null
  const known = told ?? home.region
  if (known !== null || authentication !== 'oke_workload_identity') return known
  // The nodes of a cluster are instances.
  return metadataRegion(env)
}

/** A value, or the content of the file that it names. */
async function toldRegion(env: Environment): Promise<string | null> {
  const value = readVariable(env, REGION)
  if (value === null || !isAbsolute(value)) return value
  try {
    return (await readSmallFile(value)).toString('utf8').trim() || null
  } catch (error) {
    if (error instanceof FileFaultError) return null
    throw error
  }
}

/** Within a second. */
async function metadataRegion(env: Environment): Promise<string | null> {
  try {
    return await new MetadataService(env).region()
  } catch (error) {
    if (error instanceof OciProfilesError && error.code === 'NOT_ON_OCI') return null
    throw error
  }
}
