/** Values that a section did not write itself: whoever looks at the section does not find them there. Pure. */
import { fromElsewhere, identityFields, reworded, sourcesText } from '../check/index.ts'
import type { EditableField, Finding, LoadedProfile } from '../schemas/index.ts'

/** NOT_AUTHENTICATED of an identity that was put together: that is the likeliest cause, and its remedy goes first. */
export function withMixture(finding: Finding, loaded: LoadedProfile): Finding {
  const fields = identityFields(loaded.profile)
  if (finding.code !== 'NOT_AUTHENTICATED' || !fields.some((field) => isOwn(field, loaded))) {
    return finding
  }
  const from = inherited(fields, loaded)
  if (from === '') return finding
  const first = firstRemedy(loaded)
  // A check that knew where the values are from has told.
  const isTold = finding.message.includes(from)
  return reworded(finding, {
    ...(!isTold && { message: `${finding.message} (${from})` }),
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

/** Empty where all is the section's own, or the environment's. */
function inherited(
  fields: readonly EditableField[],
  { profile, provenance }: Pick<LoadedProfile, 'profile' | 'provenance'>,
): string {
  const values = fromElsewhere(fields, profile, provenance)
  return sourcesText(values.filter(({ variable }) => variable === null))
}
