/** Principals by the place that makes them: all profiles that run in one place share one, and with it its token. */
import { traced } from '../../trace.ts'
import type { Environment } from '../environment.ts'
import { instanceIssuer } from './instance-issuer.ts'
import type { Issuer } from './issuer.ts'
import { Principal } from './principal.ts'
import { SERVICE_ACCOUNT_VARIABLES } from './service-account.ts'
import { workloadIssuer } from './workload-issuer.ts'

type Kind = 'instance' | 'workload'

interface KindOfPrincipal {
  /** All that the issuer reads. */
  variables: readonly string[]
  issuer: (env: Environment, now: () => number) => Issuer
}

const KINDS: Record<Kind, KindOfPrincipal> = {
  instance: {
    variables: [
      'OCI_METADATA_BASE_URL',
      'OCI_PROFILES_ENDPOINT_URL',
      'OCI_PROFILES_ENDPOINT_URL_AUTH',
      'OCI_REGION_METADATA',
      'OCI_CLI_CERT_BUNDLE',
      'HOME',
      'USERPROFILE',
      ...['http', 'https', 'no'].flatMap((what) => [
        `${what}_proxy`,
        `${what}_proxy`.toUpperCase(),
      ]),
    ],
    issuer: instanceIssuer,
  },
  workload: { variables: SERVICE_ACCOUNT_VARIABLES, issuer: workloadIssuer },
}

/** As long as a signer holds them. */
const principals = new WeakMap<() => number, Map<string, WeakRef<Principal>>>()

/** `now` in milliseconds since 1970. Throws `SETTING_INVALID`. */
export function sharedPrincipal(kind: Kind, env: Environment, now: () => number): Principal {
  const { variables, issuer } = KINDS[kind]
  const own: Environment = Object.fromEntries(variables.map((name) => [name, env[name]]))
  const key = JSON.stringify([kind, ...variables.map((name) => own[name] ?? null)])
  const known = knownTo(now)
  const found = known.get(key)?.deref()
  if (found) return found
  const principal = new Principal(tracedIssuer(kind, issuer(own, now)), now)
  known.set(key, new WeakRef(principal))
  return principal
}

function tracedIssuer(kind: Kind, issue: Issuer): Issuer {
  const attributes = { 'oci_profiles.principal': kind }
  return (sessionKey, signal) =>
    traced('request token', { attributes }, () => issue(sessionKey, signal))
}

function knownTo(now: () => number): Map<string, WeakRef<Principal>> {
  let known = principals.get(now)
  if (!known) {
    known = new Map()
    principals.set(now, known)
  }
  // What nobody holds any more.
  for (const [key, ref] of known) if (ref.deref() === undefined) known.delete(key)
  return known
}
