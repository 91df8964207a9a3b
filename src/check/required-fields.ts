/** What each authentication type cannot do without: a total table. Pure. */
import type {
  AuthType,
  EditableField,
  Finding,
  OciProfileConfig,
  Provenance,
} from '../schemas/index.ts'
import { errorFinding } from './finding.ts'
import { whereToFind } from './ocid.ts'
import { addTo, emptyLine, signIn } from './profile-words.ts'

type Need = (profile: OciProfileConfig) => boolean

const always: Need = () => true
const withoutKeyContent: Need = ({ key_content }) => key_content === null
const never: Need = () => false

/** Whether a principal has a region of its own shows where it is used, and only there. */
const PRINCIPAL = { region: never }

/** The fields that each type reads, and when it cannot do without. */
const NEEDS: Record<AuthType, Partial<Record<EditableField, Need>>> = {
  api_key: {
    user: always,
    tenancy: always,
    region: always,
    fingerprint: always,
    key_file: withoutKeyContent,
  },
  security_token: {
    tenancy: always,
    region: always,
    key_file: withoutKeyContent,
    security_token_file: always,
  },
  instance_principal: PRINCIPAL,
  oke_workload_identity: PRINCIPAL,
  resource_principal: PRINCIPAL,
}

/** True when the authentication type reads the field, so that a wrong value in it does harm. */
export function usesField(type: AuthType, field: EditableField): boolean {
  return field in NEEDS[type]
}

export interface Known {
  /** Fingerprint of the profile's key. */
  fingerprint: string | null
  /** Tells what is written and empty from what is not there. */
  provenance?: Provenance
}

export function inspectMissing(
  profile: OciProfileConfig,
  type: AuthType,
  field: EditableField,
  { fingerprint, provenance }: Known,
): Finding | null {
  if (profile[field] !== null || !NEEDS[type][field]?.(profile)) return null
  const line = emptyLine(profile, field, provenance)
  const what = line === null ? 'missing' : `empty on line ${line}`
  const message =
    field === 'key_file'
      ? `${keyFields(line)}; ${type} needs one of them`
      : `${field} is ${what}; ${type} needs it`
  const fix =
    field === 'fingerprint' && fingerprint
      ? `${addTo(profile, `fingerprint = ${fingerprint}`, line)}: that of the profile's key.`
      : remedy(profile, type, field, line)
  return errorFinding('FIELD_MISSING', field, message, fix)
}

function keyFields(line: number | null): string {
  return line === null
    ? 'key_file and key_content are missing'
    : `key_file is empty on line ${line} and key_content is missing`
}

function remedy(
  profile: OciProfileConfig,
  type: AuthType,
  field: EditableField,
  line: number | null,
): string {
  const add = addTo(profile, field, line)
  if (field === 'user' || field === 'tenancy') return `${add}. ${whereToFind(field)}`
  if (field === 'region')
    return `${add}: one that the tenancy subscribes to, such as eu-frankfurt-1.`
  if (type === 'security_token') return signIn(profile)
  if (field === 'key_file') return `${add}: the path of the private key in PEM.`
  return `${add}: the OCI Console shows it under Profile menu > User settings > API keys.`
}
