/**
 * Faults of values that a section inherits: whoever looks into the section does not find them there. The message says on
 * which line of DEFAULT they are, and the fix leaves DEFAULT alone where it is right for others. Pure.
 */
import type { Finding, OciProfileConfig, Provenance } from '../schemas/index.ts'
import { oneLine } from './finding.ts'
import { fromElsewhere, involvedFields, sourcesText } from './involved-fields.ts'

type Fault = Pick<Finding, 'code' | 'message' | 'fix'> & Partial<Pick<Finding, 'field'>>

/** The same fault, and which of its values are from DEFAULT. */
export function withDefaults<T extends Fault>(
  fault: T,
  profile: OciProfileConfig,
  provenance: Provenance | undefined,
): T {
  if (provenance === undefined) return fault
  const values = fromElsewhere(involvedFields(fault, profile), profile, provenance)
  const inherited = values.filter(({ variable }) => variable === null)
  const from = sourcesText(inherited)
  const fix = oneLine(fixOf(fault, profile, provenance))
  if (from === '') return { ...fault, fix }
  return { ...fault, message: oneLine(`${fault.message} (${from})`), fix }
}

/** What is wrong for this section alone is mended in this section alone. */
function fixOf(
  { code, field, fix }: Fault,
  profile: OciProfileConfig,
  provenance: Provenance,
): string {
  const section = `section [${profile.auth_profile}]`
  const sourceOf = (name: keyof Provenance) => provenance[name]?.source
  const key = profile.key_file === null ? 'key_content' : 'key_file'
  const hasOwnKey = sourceOf(key) === 'section'
  // What is known of the pass phrase itself, a slip or a misspelt key, says more.
  const isUnexplained = code === 'PASS_PHRASE_WRONG' && fix.startsWith('Correct ')
  if (isUnexplained && hasOwnKey && sourceOf('pass_phrase') === 'DEFAULT') {
    return `Write the pass phrase of this key as pass_phrase into ${section}.`
  }
  if (code === 'FINGERPRINT_MISMATCH' && hasOwnKey && sourceOf('fingerprint') === 'DEFAULT') {
    return fix.replace(/(write fingerprint = [0-9a-f:]+)/, `$1 into ${section}`)
  }
  const asksForType = /^(?:NOT_ON_|RESOURCE_PRINCIPAL_)/.test(code)
  if (asksForType && hasOwnKey && sourceOf('authentication') === 'DEFAULT') {
    return `Write authentication = api_key into ${section} to sign with its key. Else: ${fix}`
  }
  const lacksUser = code === 'FIELD_MISSING' && (field === 'user' || field === 'fingerprint')
  const inheritsSession =
    profile.security_token_file !== null && sourceOf('security_token_file') === 'DEFAULT'
  if (lacksUser && inheritsSession && sourceOf('authentication') === 'default') {
    return `Write authentication = security_token into ${section} to use the session of DEFAULT. Else: ${fix}`
  }
  return fix
}
