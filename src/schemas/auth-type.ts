/** The ways to authenticate, with the words of the config file and the OCI CLI. */

export const AUTH_TYPES = [
  'api_key',
  'instance_principal',
  'oke_workload_identity',
  'security_token',
  'resource_principal',
] as const

export type AuthType = (typeof AUTH_TYPES)[number]

export const DEFAULT_AUTH_TYPE: AuthType = 'api_key'

export function isAuthType(value: unknown): value is AuthType {
  return AUTH_TYPES.includes(value as AuthType)
}
