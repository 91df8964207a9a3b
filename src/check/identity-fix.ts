/** What to compare and whom to ask when OCI refuses an identity: a total table by authentication type. Pure. */
import { isAuthType, type AuthType, type OciProfileConfig } from '../schemas/index.ts'
import { signIn } from './profile-words.ts'

type Fix = (profile: OciProfileConfig) => string

const NOT_AUTHENTICATED: Record<AuthType, Fix> = {
  api_key: ({ user, tenancy, fingerprint, region }) =>
    `In the OCI Console (Profile menu > User settings > API keys) compare fingerprint ${fingerprint}, ` +
    `user ${user} and tenancy ${tenancy}, and see that the tenancy subscribes to ${region}; ` +
    'a new API key takes a minute to work.',
  security_token: (profile) =>
    `${signIn(profile)} (if that does not help, see that the tenancy subscribes to ${profile.region})`,
  instance_principal: () =>
    'See that the instance still exists in this tenancy, and check again in a minute.',
  oke_workload_identity: () =>
    'See that the cluster is an enhanced one and that the pod mounts its service-account token.',
  resource_principal: () =>
    'See that the resource has a principal of its own and that its session token is renewed.',
}

const GROUPS: Record<AuthType, string> = {
  api_key: 'group <group>',
  security_token: 'group <group>',
  instance_principal: 'dynamic-group <group>',
  oke_workload_identity: 'any-user',
  resource_principal: 'dynamic-group <group>',
}

export function notAuthenticatedFix(profile: OciProfileConfig): string {
  return NOT_AUTHENTICATED[typeOf(profile)](profile)
}

export function notAuthorizedFix(profile: OciProfileConfig): string {
  const who = GROUPS[typeOf(profile)]
  return `Ask an administrator for a policy such as: Allow ${who} to read objectstorage-namespaces in tenancy`
}

function typeOf({ authentication }: OciProfileConfig): AuthType {
  return isAuthType(authentication) ? authentication : 'api_key'
}
