/** Points a client of the SDK at its service: the address that the environment sets, or the one of the profile's region. */
import { OciProfilesError } from '../errors.ts'
import type { Logger, OciProfileConfig } from '../schemas/index.ts'
import { endpointTemplate, type ClientClass, type PlacedClient } from './client-class.ts'
import type { Environment } from './environment.ts'
import {
  endpointOverride,
  resolveRegion,
  serviceOf,
  type RegionField,
  type RegionPlace,
} from './place/index.ts'
import { principalRegion } from './signers/index.ts'
import type { Home } from './signing/index.ts'

export type Place = { endpoint: string } | { region: RegionPlace } | null

/** Where clients of this class go for this profile; `null` where only their user knows. Rejects with `FIELD_MISSING`, `REGION_INVALID`, `REALM_UNKNOWN`. */
export async function findPlace(
  clientClass: ClientClass<unknown>,
  profile: OciProfileConfig,
  { env, logger, home }: { env: Environment; logger: Logger; home: Home },
): Promise<Place> {
  const template = endpointTemplate(clientClass)
  const service = serviceOf(template)
  const endpoint = endpointOverride(service, env)
  if (endpoint !== null) return { endpoint }
  if (template === undefined) return null
  const isGenAi = service === 'generative_ai_inference' && profile.genai_compartment_id !== null
  const field: RegionField = isGenAi && profile.genai_region !== null ? 'genai_region' : 'region'
  const name = profile[field] ?? (await principalRegion(profile, home, env))
  if (name === null) throw new OciProfilesError('FIELD_MISSING', `${field} is missing`, { field })
  const region = await resolveRegion({
    region: name,
    tenancy: home.tenancy ?? profile.tenancy,
    env,
    field,
  })
  if (region.knownBy === 'tenancy') {
    logger.warn(
      { region: region.regionId, realm: region.realmId },
      `region is in no table; its realm is taken from the tenancy`,
    )
  }
  return { region }
}

export function putInPlace(client: PlacedClient, place: Place): void {
  if (place === null) return
  if ('endpoint' in place) {
    client.endpoint = place.endpoint
    return
  }
  const { regionId, realmId, realmDomain } = place.region
  client.region = {
    regionId,
    regionCode: undefined,
    realm: { realmId, secondLevelDomain: realmDomain },
  }
}
