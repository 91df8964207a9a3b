/** Keys of the file as fields of the profile. */
import { EDITABLE_FIELDS, type EditableField } from '../../schemas/index.ts'

const OTHER_SPELLINGS: Readonly<Record<string, EditableField>> = {
  authentication_type: 'authentication',
  passphrase: 'pass_phrase',
}

/** `null` for a key that no profile has. */
export function fieldOf(key: string | null): EditableField | null {
  return EDITABLE_FIELDS.find((field) => field === key) ?? OTHER_SPELLINGS[key ?? ''] ?? null
}
