/** Addresses that the process's environment puts in the place of OCI's. Nothing else can: no profile, no request. */
import { readUrlVariable, type Environment } from '../environment.ts'
import { SERVICES, type ServiceName } from './services.ts'

const ALL_SERVICES = 'OCI_PROFILES_ENDPOINT_URL'

/** Base URL without a slash at its end, `null` for OCI's own. The variable of one service goes before that of all. */
export function endpointOverride(service: ServiceName | null, env: Environment): string | null {
  const own = service && readUrlVariable(env, SERVICES[service].variable)
  return own ?? readUrlVariable(env, ALL_SERVICES)
}

/** The variable whose address a message of the transport starts with, or names behind a space; `null` where none does. */
export function endpointVariable(message: string, env: Environment): string | null {
  const names = [...Object.values(SERVICES).map(({ variable }) => variable), ALL_SERVICES]
  return names.find((name) => isNamed(message, env[name])) ?? null
}

function isNamed(message: string, value: string | undefined): boolean {
  if (!value || !URL.canParse(value)) return false
  const { hostname, port, protocol } = new URL(value)
  const address = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
  return ` ${message} `.includes(` ${address} `) || message.startsWith(`${hostname} answered `)
}
