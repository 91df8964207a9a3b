/** Whether the parts of an identity, which OCI knows only together, were taken from one place. */
import type { EditableField, Finding, LoadedProfile, Severity } from '../schemas/index.ts'
import { fileFinding, quoteName } from './file-finding.ts'

interface Loaded extends Pick<LoadedProfile, 'profile' | 'provenance'> {
  /** Whether DEFAULT names a user, whose tenancy it gives then. */
  isDefaultSomebody: boolean
}

const KEY_FIELDS = ['key_file', 'key_content'] as const

/** What must stand in one section: a key pair with its owner, or with its token. A tenancy may well be inherited. */
const BELONG_TOGETHER: ReadonlyMap<string, readonly EditableField[]> = new Map([
  ['api_key', ['user', 'fingerprint', ...KEY_FIELDS]],
  ['security_token', ['security_token_file', ...KEY_FIELDS]],
])

/** Types whose identity comes from where the process runs: nothing of the profile is used. */
const WITHOUT_FIELDS = new Set([
  'instance_principal',
  'oke_workload_identity',
  'resource_principal',
])

/** An environment that names any part of an identity should name all of it. */
const ALL_FIELDS: readonly EditableField[] = [
  'user',
  'tenancy',
  'fingerprint',
  ...KEY_FIELDS,
  'security_token_file',
]

export function findMixedIdentity(loaded: Loaded): Finding | null {
  const fields = identityFields(loaded)
  const [first] = fields
  if (first === undefined || fields.every((field) => areOfOnePlace(loaded, field, first))) {
    return findForeignTenancy(loaded)
  }
  const fix = remedy(loaded, fields)
  return putTogether(loaded, fields, 'warning', fix)
}

/** Users of one tenancy may well share it in DEFAULT; that of another user of DEFAULT may also be a slip. */
function findForeignTenancy(loaded: Loaded): Finding | null {
  const { profile, provenance, isDefaultSomebody } = loaded
  const fields = BELONG_TOGETHER.get(profile.authentication) ?? []
  const own = fields.filter((field) => provenance[field].source === 'section')
  const isInherited = profile.tenancy !== null && provenance.tenancy.source === 'DEFAULT'
  if (profile.authentication !== 'api_key' || own.length === 0) return null
  if (!isInherited || !isDefaultSomebody) return null
  const section = quoteName(profile.auth_profile)
  const fix = `Nothing to do if both users are of that tenancy; else write tenancy into section ${section}.`
  return putTogether(loaded, [...own, 'tenancy'], 'info', fix)
}

function putTogether(
  loaded: Loaded,
  fields: readonly EditableField[],
  severity: Severity,
  fix: string,
): Finding {
  const places = Map.groupBy(fields, (field) => placeOf(loaded, field))
  const gives = [...places].map(([place, given]) => `${place} gives ${listFields(loaded, given)}`)
  const message = `The identity is put together: ${gives.join('; ')}`
  const line = loaded.profile.origin.line ?? null
  return fileFinding('MIXED_IDENTITY', severity, message, { line, fix })
}

/** What to write, or to unset, for the identity to be of one place. */
function remedy({ profile, provenance }: Loaded, fields: readonly EditableField[]): string {
  const bySource = Map.groupBy(fields, (field) => provenance[field].source)
  const variables = bySource.get('environment')?.map((field) => provenance[field].variable)
  if (variables) {
    return `Unset ${[...new Set(variables)].join(' and ')}, or let the environment name all of the identity.`
  }
  const section = quoteName(profile.auth_profile)
  const inherited = bySource.get('DEFAULT')?.join(' and ')
  const own = bySource.get('section') ?? []
  const lines = own.map((field) => `${field} (line ${provenance[field].line})`).join(' and ')
  return `Write ${inherited} into section ${section}, or remove ${lines} from it to use the identity of DEFAULT.`
}

function identityFields({ profile, provenance }: Loaded): EditableField[] {
  const { authentication } = profile
  if (WITHOUT_FIELDS.has(authentication)) return []
  const isFromEnvironment = (field: EditableField) => provenance[field].source === 'environment'
  const fields = ALL_FIELDS.some(isFromEnvironment)
    ? ALL_FIELDS
    : (BELONG_TOGETHER.get(authentication) ?? [])
  const unused = authentication === 'api_key' ? 'security_token_file' : null
  return fields.filter((field) => field !== unused && profile[field] !== null)
}

function areOfOnePlace({ provenance }: Loaded, a: EditableField, b: EditableField): boolean {
  return provenance[a].source === provenance[b].source
}

function placeOf({ profile, provenance }: Loaded, field: EditableField): string {
  const { source } = provenance[field]
  if (source === 'environment') return 'the environment'
  return source === 'DEFAULT' ? 'DEFAULT' : `section ${quoteName(profile.auth_profile)}`
}

function listFields({ provenance }: Loaded, fields: readonly EditableField[]): string {
  return fields
    .map((field) => {
      const { variable, line } = provenance[field]
      return `${field} (${variable ?? `line ${line}`})`
    })
    .join(', ')
}
