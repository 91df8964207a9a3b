/** What stands in the form, and what of it has to be sent. Pure. */
import {
  isSensitive,
  type FieldName,
  type ParsedProfile,
  type Profile,
  type ProfilePatch,
  type SensitiveField,
} from '../service/index.ts'

export type Values = Record<FieldName, string> & { auth_profile: string }

export interface Draft {
  values: Values
  /** Which of the two ways to give a key is shown. */
  keyBy: 'key_file' | 'key_content'
  /** Sensitive fields whose values are to be removed; what they are is not known here. */
  cleared: ReadonlySet<FieldName>
  /** What a pasted section has put where, and what stood there before. */
  filled: Partial<Record<FieldName, readonly [text: string, before: string]>>
}

type PublicField = Exclude<FieldName, SensitiveField>

const EMPTY: Values = {
  auth_profile: '',
  user: '',
  authentication: 'api_key',
  tenancy: '',
  region: '',
  fingerprint: '',
  key_content: '',
  key_file: '',
  pass_phrase: '',
  security_token_file: '',
  genai_compartment_id: '',
  genai_region: '',
  log_requests: 'false',
  additional_user_agent: '',
}

const FIELDS = Object.keys(EMPTY).filter((field) => field !== 'auth_profile') as FieldName[]

/** `null` for a new profile. Sensitive fields start empty: they are written, never read. */
export function draftOf(profile: Profile | null, hasKeyContent: boolean): Draft {
  const values = { ...EMPTY }
  if (profile !== null) {
    values.auth_profile = profile.auth_profile
    for (const field of FIELDS) {
      if (!isSensitive(field)) values[field] = textOf(profile[field as PublicField])
    }
  }
  return {
    values,
    keyBy: hasKeyContent ? 'key_content' : 'key_file',
    cleared: new Set(),
    filled: {},
  }
}

/**
 * The draft with everything that a pasted text says. Of a section that was pasted before nothing stays under another one.
 * What was typed since `asked` is not written over.
 */
export function filledIn(
  draft: Draft,
  parsed: Partial<ParsedProfile>,
  isNew: boolean,
  asked: Draft,
): Draft {
  const values = { ...draft.values }
  const cleared = new Set(draft.cleared)
  const filled = parsed.auth_profile === undefined ? { ...draft.filled } : {}
  for (const field of FIELDS) {
    if (values[field] !== asked.values[field]) continue
    const text = textOf(parsed[field])
    const [mine, before = ''] = draft.filled[field] ?? []
    const isMine = mine === values[field]
    if (text !== '') {
      if (field !== 'key_content') filled[field] = [text, isMine ? before : values[field]]
      values[field] = text
      cleared.delete(field)
    } else if (isMine && !filled[field]) values[field] = before
  }
  if (isNew && parsed.auth_profile && values.auth_profile === asked.values.auth_profile) {
    values.auth_profile = parsed.auth_profile
  }
  const keyBy = parsed.key_content ? 'key_content' : parsed.key_file ? 'key_file' : draft.keyBy
  return { values, keyBy, cleared, filled }
}

/** The fields to send: for a new profile those with a value, else those that differ. */
export function patchOf(draft: Draft, before: Draft | null): ProfilePatch {
  const patch: ProfilePatch = {}
  for (const field of FIELDS) {
    const value = draft.values[field]
    if (isOtherKey(field, draft)) continue
    if (draft.cleared.has(field)) patch[field] = null
    else if (value !== (before?.values[field] ?? EMPTY[field])) {
      patch[field] = field === 'log_requests' ? value === 'true' : value === '' ? null : value
    }
  }
  if (before === null) patch.authentication = draft.values.authentication
  return patch
}

/** Only one way to give a key counts: the one that is shown. */
function isOtherKey(field: FieldName, { keyBy }: Draft): boolean {
  return (field === 'key_file' || field === 'key_content') && field !== keyBy
}

function textOf(value: string | boolean | null | undefined): string {
  return String(value ?? '')
}
