/** The classes of Oracle's SDK, as far as they are alike. */
import type { AuthParams, ClientConfiguration } from 'oci-common'

export type ClientClass<Client> = new (
  params: AuthParams,
  configuration?: ClientConfiguration,
) => Client

/** What all of them have in common besides their operations, and a few lack. */
export interface PlacedClient {
  endpoint?: string
  region?: RegionLike
}

/** The part of the SDK's `Region` that a client reads. A real one would be registered for the whole process. */
export interface RegionLike {
  regionId: string
  regionCode: string | undefined
  realm: { realmId: string; secondLevelDomain: string }
}

/** `https://objectstorage.{region}...`, `undefined` for a class whose endpoint its user must set. */
export function endpointTemplate(clientClass: ClientClass<unknown>): string | undefined {
  const { serviceEndpointTemplate } = clientClass as { serviceEndpointTemplate?: unknown }
  return typeof serviceEndpointTemplate === 'string' ? serviceEndpointTemplate : undefined
}
