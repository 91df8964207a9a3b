/**
 * Everything about a profile that certainly cannot work, all at once and without network: shape, key, token.
 * Exact by intent: what might work passes. Doubts are the diagnosis' work.
 */
import { ownEnvironment, type Environment } from '../client/index.ts'
import {
  isAuthType,
  type AuthType,
  type EditableField,
  type Finding,
  type OciProfileConfig,
  type Provenance,
} from '../schemas/index.ts'
import { inspectAuthentication, meantAuthType } from './authentication.ts'
import { inspectFingerprint } from './fingerprint.ts'
import { inspectFiles, type InspectedFiles } from './inspect-files.ts'
import { withIndentedKey } from './indented-keys.ts'
import { inspectMismatch } from './key-rules.ts'
import { withMisspeltKey } from './misspelt-fields.ts'
import { inspectOcid } from './ocid.ts'
import { inspectRealm, inspectRegion } from './region.ts'
import { inspectMissing, usesField } from './required-fields.ts'
import { withSources } from './with-sources.ts'

export interface OfflineDeps {
  /** Default: that of the process. */
  env?: Environment
  /** The clock, in milliseconds since 1970. */
  now?: () => number
  /** Where the values stand, for the words of a fix. */
  provenance?: Provenance
  /** What the reading of the profile showed. */
  findings?: readonly Finding[]
}

interface Inspected extends InspectedFiles {
  regionFault: Finding | null
}

type Rule = (profile: OciProfileConfig, inspected: Inspected) => Finding | null

/** In the order in which faults are told. */
const RULES: readonly [EditableField, Rule][] = [
  ['user', (profile) => inspectOcid(profile, 'user')],
  ['tenancy', (profile) => inspectOcid(profile, 'tenancy')],
  ['region', (_profile, { regionFault }) => regionFault],
  [
    'fingerprint',
    (profile, { fingerprint }) =>
      inspectFingerprint(profile, fingerprint) ?? inspectMismatch(profile, fingerprint),
  ],
  ['key_file', (_profile, { keyFault }) => keyFault],
  ['security_token_file', (_profile, { tokenFault }) => tokenFault],
]

/** Rejects with nothing that a profile can cause. No findings: the profile may be sent. */
export async function inspectOffline(
  profile: OciProfileConfig,
  deps: OfflineDeps = {},
): Promise<Finding[]> {
  const { authentication } = profile
  const faults = isAuthType(authentication)
    ? await inspectAs(authentication, profile, deps)
    : await inspectUnknown(profile, deps)
  return faults.map((fault) => {
    const told = withMisspeltKey(withIndentedKey(fault, profile), deps.findings ?? [])
    return withSources(told, profile, deps.provenance)
  })
}

async function inspectUnknown(profile: OciProfileConfig, deps: OfflineDeps): Promise<Finding[]> {
  const meant = meantAuthType(profile)
  const more = meant === null ? [] : await inspectAs(meant, profile, deps)
  return [inspectAuthentication(profile), ...more]
}

async function inspectAs(
  type: AuthType,
  profile: OciProfileConfig,
  { env = ownEnvironment(), now = Date.now, provenance }: OfflineDeps,
): Promise<Finding[]> {
  const inspected = {
    ...(await inspectFiles(profile, type, { now: now(), env, provenance })),
    regionFault:
      (await inspectRegion(profile, 'region', env)) ??
      // Principals bring their tenancy along, and with it the realm.
      (usesField(type, 'tenancy') ? await inspectRealm(profile, env) : null),
  }
  const known = { fingerprint: inspected.fingerprint, provenance }
  const faults = RULES.filter(([field]) => usesField(type, field)).map(([field, rule]) => {
    return inspectMissing(profile, type, field, known) ?? rule(profile, inspected)
  })
  return faults.filter((fault) => fault !== null)
}
