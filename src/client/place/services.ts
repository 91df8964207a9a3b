/** The services that this package knows by name: their hosts, and the variables that move them. Pure. */

export const SERVICE_NAMES = [
  'object_storage',
  'generative_ai_inference',
  'identity',
  'auth',
] as const

export type ServiceName = (typeof SERVICE_NAMES)[number]

interface Service {
  /** As in the SDK's templates of endpoints. */
  host: string
  variable: string
}

export const SERVICES: Record<ServiceName, Service> = {
  object_storage: {
    host: 'objectstorage.{region}.{realmDomain}',
    variable: 'OCI_PROFILES_ENDPOINT_URL_OBJECT_STORAGE',
  },
  generative_ai_inference: {
    host: 'inference.generativeai.{region}.oci.{realmDomain}',
    variable: 'OCI_PROFILES_ENDPOINT_URL_GENERATIVE_AI_INFERENCE',
  },
  identity: {
    host: 'identity.{region}.oci.{realmDomain}',
    variable: 'OCI_PROFILES_ENDPOINT_URL_IDENTITY',
  },
  auth: { host: 'auth.{region}.{realmDomain}', variable: 'OCI_PROFILES_ENDPOINT_URL_AUTH' },
}

/** The service that one of the SDK's endpoint templates leads to, `null` for one without a name here. */
export function serviceOf(template: string | undefined): ServiceName | null {
  const host = template?.replace(/^https?:\/\//, '').replace(/^\{[^}]*\}/, '') ?? ''
  const start = (name: ServiceName): string => SERVICES[name].host.replace(/\{region\}.*$/, '')
  return SERVICE_NAMES.find((name) => host.startsWith(start(name))) ?? null
}
