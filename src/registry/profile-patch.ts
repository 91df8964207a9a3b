/** A change of a profile: only the fields that are sent, `null` or `""` clears, and of two keys the later one counts. */
import { expandHome } from '../config/index.ts'
import { OciProfilesError } from '../errors.ts'
import { toSecret, type Secret } from '../secret.ts'
import {
  createProfile,
  EDITABLE_FIELDS,
  withoutSecrets,
  type EditableField,
  type OciProfileConfig,
} from '../schemas/index.ts'

type PatchValue<T> = [T] extends [Secret | null] ? Secret | string | null : T | null

export type ProfilePatch = { [F in EditableField]?: PatchValue<OciProfileConfig[F]> }

export interface PatchedProfile {
  profile: OciProfileConfig
  /** The fields that the patch decides, with those that it clears by implication. */
  changed: Set<EditableField>
}

/** Throws VALIDATION_FAILED when the patch sets both keys. */
export function applyPatch(
  profile: Readonly<OciProfileConfig>,
  patch: ProfilePatch,
): PatchedProfile {
  const completed = clearOtherKey(patch)
  const isSent = (field: EditableField) => {
    return completed[field] !== undefined && !isCutView(completed[field], profile[field])
  }
  const changed = new Set(EDITABLE_FIELDS.filter(isSent))
  const fields = Object.fromEntries([...changed].map((field) => [field, completed[field]]))
  const patched = createProfile({ ...profile, ...fields })
  return {
    profile: {
      ...patched,
      key_file: expand(patched.key_file),
      key_content: toSecret(patched.key_content),
      security_token_file: expand(patched.security_token_file),
      useable: false,
      check: null,
    },
    changed,
  }
}

/** Who sends back what a reading showed of a value does not mean to cut the value. */
function isCutView(sent: unknown, current: unknown): boolean {
  return typeof current === 'string' && sent !== current && sent === withoutSecrets(current)
}

function clearOtherKey(patch: ProfilePatch): ProfilePatch {
  if (patch.key_file && patch.key_content) {
    throw new OciProfilesError('VALIDATION_FAILED', 'key_file and key_content exclude each other', {
      field: 'key_content',
      errors: [{ pointer: '/key_content', message: 'excludes key_file' }],
      fix: 'Send one of key_file and key_content.',
    })
  }
  if (patch.key_file) return { ...patch, key_content: null }
  if (patch.key_content) return { ...patch, key_file: null }
  return patch
}

function expand(path: string | null): string | null {
  return path === null ? null : expandHome(path)
}
