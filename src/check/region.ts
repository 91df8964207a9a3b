/** Regions: identifiers such as `eu-frankfurt-1` and short codes such as `fra`, and the realm that one belongs to. */
import {
  nearestRegion,
  regionsIn,
  ownEnvironment,
  resolveEndpoint,
  resolveRegion,
  type Environment,
} from '../client/index.ts'
import { OciProfilesError } from '../errors.ts'
import type { Finding, OciProfileConfig } from '../schemas/index.ts'
import { errorFinding, findingOf, reworded } from './finding.ts'
import { quoted } from './quoted.ts'
import { writingFault } from './writing-fault.ts'

export type RegionField = 'region' | 'genai_region'

const REGION = /^[a-z0-9-]{1,63}$/
/** What is longer names no region. */
const LONGEST_TEXT = 256

/** What is no name of a region. Loads the SDK for it, whose table tells which region was meant. */
export async function inspectRegion(
  profile: OciProfileConfig,
  field: RegionField = 'region',
  env: Environment = ownEnvironment(),
): Promise<Finding | null> {
  const value = profile[field]
  if (value === null || REGION.test(value)) return null
  const { what, fix } = REGION.test(value.toLowerCase())
    ? await describeUpperCase(profile, field, value.toLowerCase(), env)
    : await describeOther(profile, field, value, env)
  return errorFinding('REGION_INVALID', field, `${field} ${what}: ${quoted(value)}`, fix)
}

interface Described {
  what: string
  fix?: string
}

async function describeUpperCase(
  { tenancy }: OciProfileConfig,
  field: RegionField,
  lower: string,
  env: Environment,
): Promise<Described> {
  const known = await findRegionId(lower, tenancy, env)
  const [meant] = known === null ? await findRegionsIn(lower, env) : [known]
  if (meant === undefined && /^ad-\d$/.test(lower)) return { what: 'is an availability domain' }
  return { what: 'is not in lower case', fix: `Write ${field} = ${meant ?? lower}.` }
}

async function describeOther(
  profile: OciProfileConfig,
  field: RegionField,
  value: string,
  env: Environment,
): Promise<Described> {
  const slip = writingFault(profile, field, value, { spaces: true })
  if (slip) return slip
  if (/^(?:\$|%[A-Za-z_]+%$)/.test(value)) {
    return {
      what: 'is a variable, which is not expanded in a config file',
      fix: `Write the region itself as ${field}.`,
    }
  }
  const what = /\s/.test(value)
    ? 'has white space in it'
    : 'holds other characters than lower-case letters, digits and hyphens'
  const [meant, ...more] = await findRegionsIn(value.slice(0, LONGEST_TEXT), env)
  if (meant === undefined) return { what }
  const others = more.length === 0 ? '' : `; it holds one region only, not ${more.join(' or ')} too`
  return { what, fix: `Write ${field} = ${meant}${others}.` }
}

/** A region that leads nowhere: its realm is not known. Loads the SDK, whose table of regions it needs. */
export async function inspectRealm(
  profile: OciProfileConfig,
  env: Environment = ownEnvironment(),
): Promise<Finding | null> {
  const { region, tenancy } = profile
  if (region === null || !REGION.test(region)) return null
  try {
    await resolveEndpoint({ service: 'object_storage', region, tenancy, env })
    return null
  } catch (error) {
    const fault = findingOf(error, 'region')
    return fault.code === 'REALM_UNKNOWN' ? withNearest(fault, region, env) : fault
  }
}

export interface RegionLookUp {
  /** Identifier, also of a region that is written as a short code; `null` for one that is in no table. */
  regionId: string | null
  /** Where it is in none: the one that was most likely meant, if any is near. */
  nearest: string | null
}

/** In the SDK's table and the user's own. `null` where the field holds no name of a region. Loads the SDK. */
export async function lookUpRegion(
  { tenancy, ...profile }: OciProfileConfig,
  field: RegionField,
  env: Environment = ownEnvironment(),
): Promise<RegionLookUp | null> {
  const region = profile[field]
  if (region === null || !REGION.test(region)) return null
  const regionId = await findRegionId(region, tenancy, env)
  return { regionId, nearest: regionId === null ? await findNearest(region, env) : null }
}

/** The same words, and the region that was most likely meant. */
async function withNearest(fault: Finding, region: string, env: Environment): Promise<Finding> {
  const nearest = await findNearest(region, env)
  if (nearest === null) return fault
  return reworded(fault, {
    message: `${fault.message}: did you mean ${nearest}?`,
    fix: `Write region = ${nearest}. ${fault.fix}`,
  })
}

async function findRegionId(
  region: string,
  tenancy: string | null,
  env: Environment,
): Promise<string | null> {
  try {
    const { knownBy, regionId } = await resolveRegion({ region, tenancy, env })
    return knownBy === 'tenancy' ? null : regionId
  } catch (error) {
    return ignoreDeliberate(error)
  }
}

function findNearest(region: string, env: Environment): Promise<string | null> {
  return nearestRegion(region, env).catch(ignoreDeliberate)
}

function findRegionsIn(text: string, env: Environment): Promise<string[]> {
  return regionsIn(text, env).catch((error: unknown) => ignoreDeliberate(error) ?? [])
}

/** A table of the user's own that cannot be read names no region. */
function ignoreDeliberate(error: unknown): null {
  if (error instanceof OciProfilesError) return null
  throw error
}
