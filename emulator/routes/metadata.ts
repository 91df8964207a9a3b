/** Instance metadata, version 2: what a machine can ask about itself. */
import { jsonAnswer, refusalAnswer, textAnswer, type Answer } from '../answer.ts'
import type { Instance } from '../instances.ts'
import { NOT_FOUND } from '../refusals.ts'
import { regionInfo, shortName } from '../regions.ts'
import type { Route } from './route.ts'

const VIEWS: Record<string, (instance: Instance) => Answer> = {
  'instance/': (instance) => jsonAnswer(describe(instance)),
  'instance/id': ({ principal }) => textAnswer(principal.id),
  'instance/region': ({ principal }) => textAnswer(shortName(principal.region)),
  'instance/canonicalRegionName': ({ principal }) => textAnswer(principal.region),
  'instance/regionInfo': ({ principal }) =>
    jsonAnswer(regionInfo(principal.region, principal.tenancy)),
  'instance/compartmentId': ({ principal }) => textAnswer(principal.compartment),
  'instance/tenantId': ({ principal }) => textAnswer(principal.tenancy),
  'identity/cert.pem': ({ certificatePem }) => textAnswer(certificatePem),
  'identity/key.pem': ({ keyPem }) => textAnswer(keyPem),
  'identity/intermediate.pem': ({ intermediatePem }) => textAnswer(intermediatePem),
}

/** With a slash at the end and without: SDKs send both. */
export const METADATA: readonly Route[] = Object.entries(VIEWS).flatMap(([name, view]) => {
  const path = `/opc/v2/${name.replace(/\/$/, '')}`
  return [path, `${path}/`].map((path): Route => ({
    method: 'GET',
    path,
    access: 'metadata',
    answer: (_, { instances }) => {
      const instance = instances.current()
      return instance === null ? refusalAnswer(NOT_FOUND) : view(instance)
    },
  }))
})

function describe({ principal }: Instance): object {
  const { name, id, compartment, tenancy, region } = principal
  return {
    availabilityDomain: 'EMUL:AD-1',
    faultDomain: 'FAULT-DOMAIN-1',
    compartmentId: compartment,
    displayName: name,
    hostname: name.toLowerCase(),
    id,
    region: shortName(region),
    canonicalRegionName: region,
    regionInfo: regionInfo(region, tenancy),
    shape: 'VM.Standard.E4.Flex',
    state: 'Running',
    tenantId: tenancy,
  }
}
