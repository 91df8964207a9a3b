/** One section → one profile: inheritance from DEFAULT, the type of authentication, and where each value came from. */
import { Secret } from '../secret.ts'
import {
  createProfile,
  DEFAULT_AUTH_TYPE,
  EDITABLE_FIELDS,
  type EditableField,
  type FieldOrigin,
  type Finding,
  type LoadedProfile,
  type ProfileOrigin,
  type Provenance,
} from '../schemas/index.ts'
import { expandTilde } from './expand-home.ts'
import { fileFinding } from './file-finding.ts'
import { findMixedIdentity } from './mixed-identity.ts'
import { BOOLEAN_WORDS } from './profile-keys.ts'

/** A value as it was written, and where. */
export interface Written {
  value: string
  origin: FieldOrigin
}

/** One source of values: what it says about each field, if only that the field is empty. */
export interface Layer {
  /** False for what is inherited. */
  isOwn: boolean
  values: Partial<Fields>
}

export interface ProfileSources {
  name: string
  origin: ProfileOrigin
  /** The one that wins stands last. */
  layers: readonly Layer[]
  /** Home folder for `~`. */
  home: string
}

type Fields = Record<EditableField, Written>

const NOWHERE: FieldOrigin = Object.freeze({ source: 'default', file: null, line: null })
const UNWRITTEN: Written = Object.freeze({ value: '', origin: NOWHERE })
const NO_FIELDS = Object.fromEntries(EDITABLE_FIELDS.map((field) => [field, UNWRITTEN])) as Fields
const NO_ORIGINS = Object.fromEntries(
  EDITABLE_FIELDS.map((field) => [field, NOWHERE]),
) as Provenance

/** A layer that says that a field is empty hides what weaker layers say. */
export function buildProfile(sources: ProfileSources): LoadedProfile {
  const fields = readFields(sources.layers)
  const loaded = { profile: toProfile(sources, fields), provenance: toProvenance(fields) }
  const mixed = findMixedIdentity({ ...loaded, isDefaultSomebody: inheritsUser(sources.layers) })
  const findings = [findBadBoolean(fields), findIgnoredKey(fields), mixed]
  return { ...loaded, findings: findings.filter((finding) => finding !== null) }
}

/** Whether there is a user to inherit, if only one that is hidden. */
function inheritsUser(layers: readonly Layer[]): boolean {
  return layers.some(({ isOwn, values }) => !isOwn && Boolean(values.user?.value))
}

function readFields(layers: readonly Layer[]): Fields {
  const fields = { ...NO_FIELDS }
  let ownToken = UNWRITTEN
  for (const { isOwn, values } of layers) {
    Object.assign(fields, values)
    if (isOwn) ownToken = values.security_token_file ?? ownToken
  }
  if (fields.authentication.value === '') fields.authentication = inferAuthentication(ownToken)
  return fields
}

/** A profile that names a session token of its own is one of `oci session authenticate`, which writes no type. */
function inferAuthentication(ownToken: Written): Written {
  if (ownToken.value === '') return { value: DEFAULT_AUTH_TYPE, origin: NOWHERE }
  return { value: 'security_token', origin: { ...ownToken.origin, source: 'inferred' } }
}

function toProfile(
  { name, origin, home }: ProfileSources,
  fields: Fields,
): LoadedProfile['profile'] {
  const keyFile = fields.key_file.value
  return createProfile({
    auth_profile: name,
    user: fields.user.value,
    authentication: fields.authentication.value,
    tenancy: fields.tenancy.value,
    region: fields.region.value,
    fingerprint: fields.fingerprint.value,
    key_content: keyFile === '' ? secretOf(fields.key_content) : null,
    key_file: expandTilde(keyFile, home),
    pass_phrase: secretOf(fields.pass_phrase),
    security_token_file: expandTilde(fields.security_token_file.value, home),
    genai_compartment_id: fields.genai_compartment_id.value,
    genai_region: fields.genai_region.value,
    log_requests: booleanOf(fields.log_requests) ?? false,
    additional_user_agent: fields.additional_user_agent.value,
    origin,
  })
}

function toProvenance(fields: Fields): Provenance {
  const provenance = { ...NO_ORIGINS }
  for (const field of EDITABLE_FIELDS) provenance[field] = fields[field].origin
  return provenance
}

function secretOf({ value }: Written): Secret | null {
  return value === '' ? null : new Secret(value)
}

function booleanOf({ value }: Written): boolean | undefined {
  return value === '' ? false : BOOLEAN_WORDS.get(value.toLowerCase())
}

function findBadBoolean({ log_requests }: Fields): Finding | null {
  if (booleanOf(log_requests) !== undefined) return null
  return fileFinding(
    'VALUE_INVALID',
    'warning',
    'log_requests is neither a yes nor a no: it counts as no',
    {
      field: 'log_requests',
      line: log_requests.origin.line,
      fix: `Write one of ${[...BOOLEAN_WORDS.keys()].join(', ')}.`,
    },
  )
}

function findIgnoredKey({ key_file, key_content }: Fields): Finding | null {
  if (key_file.value === '' || key_content.value === '') return null
  const inherited = key_content.origin.source === 'section' && key_file.origin.source === 'DEFAULT'
  const message = `key_content (${placeOf(key_content)}) is ignored beside key_file (${placeOf(key_file)})`
  return fileFinding('KEY_CONTENT_IGNORED', 'info', message, {
    field: 'key_content',
    line: key_content.origin.line,
    ...(inherited && {
      fix: 'Write an empty "key_file =" in the section to use key_content, or remove key_content.',
    }),
  })
}

function placeOf({ origin: { source, line, variable } }: Written): string {
  if (variable !== undefined) return variable
  return source === 'DEFAULT' ? `line ${line}, in DEFAULT` : `line ${line}`
}
