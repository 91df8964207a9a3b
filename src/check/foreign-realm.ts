/** A region of one realm with a tenancy of another: no realm knows the other's tenancies, which nothing in the reply says. */
import { ownEnvironment, resolveRegion, type Environment } from '../client/index.ts'
import { OciProfilesError } from '../errors.ts'
import type { OciProfileConfig } from '../schemas/index.ts'
import { failure, type Failure } from './verdict.ts'

const CODES: ReadonlySet<string> = new Set(['NOT_AUTHENTICATED', 'DNS_FAILED', 'CONNECT_TIMEOUT'])

/** The same failure, with both realms where they differ. */
export async function withForeignRealm(
  failed: Failure,
  { region, tenancy }: OciProfileConfig,
  env: Environment = ownEnvironment(),
): Promise<Failure> {
  const own = /^ocid1\.tenancy\.([a-z0-9]+)\./.exec(tenancy ?? '')?.[1]
  if (!CODES.has(failed.code) || region === null || own === undefined) return failed
  const realm = await realmOf(region, env)
  if (realm === null || realm === own) return failed
  const message = `${failed.message}: ${region} is a region of realm ${realm}, and the tenancy is of realm ${own}`
  const fix = `Write a region of realm ${own}, or the OCID of the tenancy in realm ${realm}.`
  return failure(failed.code, message, fix, failed.opc_request_id)
}

/** `null` for a region that is in no table. */
async function realmOf(region: string, env: Environment): Promise<string | null> {
  try {
    return (await resolveRegion({ region, tenancy: null, env })).realmId
  } catch (error) {
    if (error instanceof OciProfilesError) return null
    throw error
  }
}
