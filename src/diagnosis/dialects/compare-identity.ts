/**
 * As whom each tool signs with a section, by its own rules for `authentication_type`, `user` and `security_token_file`,
 * where this package signs as somebody else. Only this package reads `authentication`. Pure.
 */
import type { AuthType } from '../../schemas/index.ts'
import type { Difference, IdentityKind } from './difference.ts'
import type { ReadValue } from './reading.ts'
import type { Tool } from './tools.ts'

type Values = ReadonlyMap<string, ReadValue>

/** `userless`: by the API key of nobody. `none`: it fails, whatever else the section holds. */
type Identity =
  | 'api_key'
  | 'userless'
  | 'security_token'
  | 'instance_principal'
  | 'resource_principal'
  | 'delegation'
  | 'none'

const TYPE = 'authentication_type'

/** The commands of a session are told by their name. */
const IDENTITIES: Record<Exclude<Tool, 'oci_cli_session'>, (values: Values) => Identity> = {
  go_sdk: (values) => {
    if (textOf(values, TYPE) === 'instance_principal') return instanceOf(values)
    if (values.has('user')) return 'api_key'
    return values.has('security_token_file') ? 'security_token' : 'api_key'
  },
  typescript_sdk: (values) => {
    const type = textOf(values, TYPE)
    if (type !== '') return type === 'instance_principal' ? instanceOf(values) : 'none'
    return textOf(values, 'security_token_file') === '' ? 'api_key' : 'userless'
  },
  java_sdk: (values) => {
    const type = textOf(values, TYPE)
    if (type === 'instance_principal') return instanceOf(values)
    return type === 'resource_principal' ? type : 'api_key'
  },
  python_sdk: (values) => {
    if (!values.has(TYPE)) return 'api_key'
    const isDelegated = instanceOf(values) === 'delegation'
    return textOf(values, TYPE) === 'instance_principal' && isDelegated ? 'delegation' : 'none'
  },
}

/** `authentication` is that of the profile; `values` are as the tool has them. */
export function compareIdentity(
  tool: Tool,
  authentication: AuthType,
  values: Values,
): Difference | null {
  if (tool === 'oci_cli_session') return null
  const identity = IDENTITIES[tool](values)
  if (identity === authentication) return null
  const kind = kindFor(tool, authentication, identity, values)
  if (kind === null) return null
  return { kind, ...placeOf(kind, values), ...aboutOf(kind, identity, authentication) }
}

/** Which principal the words are about: the tool's, or ours. */
function aboutOf(kind: IdentityKind, theirs: Identity, ours: AuthType): Pick<Difference, 'about'> {
  if (kind === 'other_principal') return { about: theirs }
  return kind === 'principal_untold' ? { about: ours } : {}
}

function kindFor(
  tool: Tool,
  authentication: AuthType,
  identity: Identity,
  values: Values,
): IdentityKind | null {
  const kind = KINDS[authentication](identity)
  if (tool !== 'go_sdk' || kind !== 'session_untold') return kind
  // It takes a session for one, unless the section itself has a user.
  return values.has('user') ? 'session_with_user' : null
}

function kindForPrincipal(identity: Identity): IdentityKind {
  if (identity === 'delegation') return 'delegation'
  return isPrincipal(identity) ? 'other_principal' : 'principal_untold'
}

const KINDS: Record<AuthType, (identity: Identity) => IdentityKind | null> = {
  api_key: (identity) => {
    if (identity === 'userless') return 'session_in_api_key'
    // A session because it does not inherit the user: that is told by itself.
    if (identity === 'security_token') return null
    return identity === 'none' ? 'type_unknown' : 'other_principal'
  },
  security_token: (identity) => {
    if (identity === 'none') return 'type_unknown'
    return isPrincipal(identity) ? 'other_principal' : 'session_untold'
  },
  instance_principal: kindForPrincipal,
  oke_workload_identity: kindForPrincipal,
  resource_principal: kindForPrincipal,
}

function isPrincipal(identity: Identity): boolean {
  return ['instance_principal', 'resource_principal', 'delegation'].includes(identity)
}

const KEYS: Record<IdentityKind, string | null> = {
  session_untold: 'security_token_file',
  session_with_user: 'user',
  session_in_api_key: 'security_token_file',
  type_unknown: TYPE,
  principal_untold: null,
  other_principal: TYPE,
  delegation: 'delegation_token_file',
}

function placeOf(kind: IdentityKind, values: Values): Pick<Difference, 'key' | 'line'> {
  const key = KEYS[kind]
  return { key, line: key === null ? null : (values.get(key)?.line ?? null) }
}

function instanceOf(values: Values): Identity {
  return values.has('delegation_token_file') ? 'delegation' : 'instance_principal'
}

function textOf(values: Values, key: string): string {
  return values.get(key)?.value ?? ''
}
