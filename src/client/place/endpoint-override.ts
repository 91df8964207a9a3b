/** Addresses that the process's environment puts in the place of OCI's. Nothing else can: no profile, no request. */
import { readUrlVariable, type Environment } from '../environment.ts'
import { SERVICES, type ServiceName } from './services.ts'

const ALL_SERVICES = 'OCI_PROFILES_ENDPOINT_URL'

/** Base URL without a slash at its end, `null` for OCI's own. The variable of one service goes before that of all. */
export function endpointOverride(service: ServiceName | null, env: Environment): string | null {
  const own = service && readUrlVariable(env, SERVICES[service].variable)
  return own ?? readUrlVariable(env, ALL_SERVICES)
}
