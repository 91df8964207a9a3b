/** Values that a section did not write itself: whoever looks at the section does not find them there. Pure. */
import { reworded } from '../check/index.ts'
import type { EditableField, Finding, LoadedProfile } from '../schemas/index.ts'

/** The values that a fault is about, besides that of its field. */
const INVOLVED: Readonly<Record<string, readonly EditableField[]>> = {
  FINGERPRINT_MISMATCH: ['fingerprint', 'key_file', 'key_content'],
  PASS_PHRASE_WRONG: ['pass_phrase', 'key_file', 'key_content'],
  TOKEN_KEY_MISMATCH: ['security_token_file', 'key_file', 'key_content'],
}

/** What OCI knows somebody by. */
const IDENTITIES: Readonly<Record<string, readonly EditableField[]>> = {
  api_key: ['user', 'tenancy', 'fingerprint', 'key_file', 'key_content'],
  security_token: ['tenancy', 'key_file', 'key_content', 'security_token_file'],
}

/** The same fault, and which of its values come from DEFAULT or from the environment. */
export function withInheritedValues(finding: Finding, loaded: LoadedProfile): Finding {
  const fields = INVOLVED[finding.code] ?? [finding.field as EditableField]
  const from = fromElsewhere(fields, loaded)
  return from === '' ? finding : reworded(finding, { message: `${finding.message} (${from})` })
}

/** NOT_AUTHENTICATED of an identity that was put together: that is the likeliest cause, and its remedy goes first. */
export function withMixture(finding: Finding, loaded: LoadedProfile): Finding {
  const fields = IDENTITIES[loaded.profile.authentication] ?? []
  if (finding.code !== 'NOT_AUTHENTICATED' || !fields.some((field) => isOwn(field, loaded))) {
    return finding
  }
  const from = fromElsewhere(fields, loaded)
  if (from === '') return finding
  const first = firstRemedy(loaded)
  return reworded(finding, {
    message: `${finding.message} (${from})`,
    ...(first !== null && { fix: `${first} If it is meant so: ${finding.fix}` }),
  })
}

function firstRemedy({ profile, provenance, findings }: LoadedProfile): string | null {
  const mixed = findings.find(({ code }) => code === 'MIXED_IDENTITY')
  if (mixed?.severity === 'warning') return mixed.fix
  const { auth_profile, tenancy } = profile
  if (tenancy === null || provenance.tenancy.source !== 'DEFAULT') return null
  return `Write tenancy into section [${auth_profile}] if its user is of another one than DEFAULT says.`
}

function isOwn(field: EditableField, { profile, provenance }: LoadedProfile): boolean {
  return profile[field] !== null && provenance[field]?.source === 'section'
}

/** `user is from DEFAULT, line 3; fingerprint is from OCI_CLI_FINGERPRINT`; empty where all is the section's own. */
function fromElsewhere(
  fields: readonly EditableField[],
  { profile, provenance }: LoadedProfile,
): string {
  return fields
    .filter((field) => provenance[field] !== undefined && profile[field] !== null)
    .map((field) => ({ field, ...provenance[field] }))
    .filter(({ source }) => source === 'DEFAULT' || source === 'environment')
    .map(({ field, line, variable }) => `${field} is from ${variable ?? `DEFAULT, line ${line}`}`)
    .join('; ')
}
