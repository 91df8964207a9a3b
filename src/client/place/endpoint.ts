/** Base URLs of the services that this package calls by itself. The SDK's clients build theirs from their own templates. */
import { OciProfilesError } from '../../errors.ts'
import { ownEnvironment, type Environment } from '../environment.ts'
import { endpointOverride } from './endpoint-override.ts'
import { resolveRegion, type RegionField } from './region.ts'
import { SERVICES, type ServiceName } from './services.ts'

export interface EndpointRequest {
  service: ServiceName
  region: string | null
  tenancy: string | null
  env?: Environment
  /** Field of the profile that the region is from. */
  field?: RegionField
}

/**
 * `https://objectstorage.eu-frankfurt-1.oraclecloud.com`, or what `OCI_PROFILES_ENDPOINT_URL*` says. Without a version in
 * its path. Rejects with `FIELD_MISSING`, `REGION_INVALID`, `REALM_UNKNOWN` or `SETTING_INVALID`.
 */
export async function resolveEndpoint(request: EndpointRequest): Promise<string> {
  const { service, region, tenancy, env = ownEnvironment(), field = 'region' } = request
  const override = endpointOverride(service, env)
  if (override !== null) return override
  if (region === null) {
    throw new OciProfilesError('FIELD_MISSING', `${field} is missing`, { field })
  }
  const { regionId, realmDomain } = await resolveRegion({ region, tenancy, env, field })
  const host = SERVICES[service].host
    .replace('{region}', regionId)
    .replace('{realmDomain}', realmDomain)
  return `https://${host}`
}
