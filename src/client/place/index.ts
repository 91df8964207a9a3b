/** Where a service is: region → realm → host, or the address that the environment sets in their place. */
export { resolveEndpoint, type EndpointRequest } from './endpoint.ts'
export { endpointOverride, endpointVariable } from './endpoint-override.ts'
export { nearestRegion, regionsIn } from './nearest-region.ts'
export { regionOfOcid } from './region-of-ocid.ts'
export { resolveRegion, type RegionField, type RegionPlace } from './region.ts'
export { serviceOf, type ServiceName } from './services.ts'
