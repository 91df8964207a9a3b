/** Regions: identifiers such as `eu-frankfurt-1` and short codes such as `fra`, and the realm that one belongs to. */
import {
  ownEnvironment,
  resolveEndpoint,
  resolveRegion,
  type Environment,
} from '../client/index.ts'
import { OciProfilesError } from '../errors.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { errorFinding, findingOf } from './finding.ts'
import { quoted } from './quoted.ts'
import { writingFault } from './writing-fault.ts'

export type RegionField = 'region' | 'genai_region'

const REGION = /^[a-z0-9-]{1,63}$/

export function inspectRegion(
  profile: OciProfileConfig,
  field: RegionField = 'region',
): Finding | null {
  const value = profile[field]
  if (value === null || REGION.test(value)) return null
  if (REGION.test(value.toLowerCase())) {
    const fix = `Write ${field} = ${value.toLowerCase()}.`
    return errorFinding(
      'REGION_INVALID',
      field,
      `${field} is not in lower case: ${quoted(value)}`,
      fix,
    )
  }
  const slip = writingFault(profile, field, value)
  const what = slip?.what ?? 'holds other characters than lower-case letters, digits and hyphens'
  return errorFinding('REGION_INVALID', field, `${field} ${what}: ${quoted(value)}`, slip?.fix)
}

/** A region that leads nowhere: its realm is not known. Loads the SDK, whose table of regions it needs. */
export async function inspectRealm(
  profile: OciProfileConfig,
  env?: Environment,
): Promise<Finding | null> {
  const { region, tenancy } = profile
  if (region === null || !REGION.test(region)) return null
  try {
    await resolveEndpoint({ service: 'object_storage', region, tenancy, env })
    return null
  } catch (error) {
    return findingOf(error, 'region')
  }
}

/** False for a region that is in no table, neither the SDK's nor the user's own. */
export async function isKnownRegion(
  { tenancy }: OciProfileConfig,
  region: string,
  env: Environment = ownEnvironment(),
): Promise<boolean> {
  try {
    return (await resolveRegion({ region, tenancy, env })).knownBy !== 'tenancy'
  } catch (error) {
    if (error instanceof OciProfilesError) return false
    throw error
  }
}
