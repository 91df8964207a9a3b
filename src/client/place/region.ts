/** Region → realm and its domain: from the SDK's table, from the user's own, from the tenancy. Never guessed. */
import { OciProfilesError } from '../../errors.ts'
import type { Environment } from '../environment.ts'
import { OTHER_REALMS } from './other-realms.ts'
import { ownRegions } from './own-regions.ts'
import { sdkTable, type KnownRegion, type SdkTable } from './sdk-table.ts'

export interface RegionPlace {
  /** `eu-frankfurt-1`, also where a short code was given. */
  regionId: string
  /** `oc1`. */
  realmId: string
  /** `oraclecloud.com`. */
  realmDomain: string
  knownBy: 'sdk' | 'regions-config' | 'environment' | 'tenancy'
}

export type RegionField = 'region' | 'genai_region'

export interface RegionRequest {
  region: string
  /** OCID; its realm serves for regions that are in no table. */
  tenancy: string | null
  env: Environment
  /** Field of the profile that the region is from. */
  field?: RegionField
}

/** Nothing else may stand in a host name, and no dot: the SDK takes what has one for a domain. */
const REGION = /^[a-z0-9-]{1,63}$/

/** Loads the SDK. Rejects with `REGION_INVALID` or `REALM_UNKNOWN`. */
export async function resolveRegion(request: RegionRequest): Promise<RegionPlace> {
  const { region, tenancy, env, field = 'region' } = request
  if (!REGION.test(region)) {
    const message = `${field} holds other characters than lower-case letters, digits and hyphens`
    throw new OciProfilesError('REGION_INVALID', message, { field })
  }
  const table = await sdkTable()
  const known = find(table.regions, region)
  if (known) return place(known, 'sdk')
  for (const { regions, knownBy } of await ownRegions(env)) {
    const own = find(regions, region)
    if (own) return place(own, knownBy)
  }
  return placeByTenancy(region, tenancy, table, field)
}

function find(regions: readonly KnownRegion[], region: string): KnownRegion | undefined {
  return regions.find(({ regionId, code }) => regionId === region || code === region)
}

function place(
  { regionId, realmId, realmDomain }: KnownRegion,
  knownBy: RegionPlace['knownBy'],
): RegionPlace {
  return { regionId, realmId, realmDomain, knownBy }
}

function placeByTenancy(
  region: string,
  tenancy: string | null,
  { realms }: SdkTable,
  field: RegionField,
): RegionPlace {
  const realmId = /^ocid1\.tenancy\.([a-z0-9]+)\./.exec(tenancy ?? '')?.[1]
  const realmDomain = realmId && (realms.get(realmId) ?? OTHER_REALMS.get(realmId))
  if (!realmId || !realmDomain) {
    const message =
      realmId === undefined
        ? `The region ${region} is not known, and there is no tenancy to tell its realm`
        : `The region ${region} is not known, nor is the realm ${realmId} of the tenancy`
    throw new OciProfilesError('REALM_UNKNOWN', message, { field })
  }
  return { regionId: region, realmId, realmDomain, knownBy: 'tenancy' }
}
