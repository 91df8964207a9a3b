/** A field that is written and never read: what it holds stays unless something is typed, or it is cleared. */
import { wordsOf } from '../parts/index.ts'
import type { FieldName } from '../service/index.ts'
import { findRow } from '../store/index.ts'
import { TextField } from './text-field.tsx'
import type { Form } from './create-form.ts'

interface Props {
  form: Form
  field: FieldName
  isNeeded: boolean | undefined
}

export function SensitiveField({ form, field, isNeeded }: Props) {
  const { original } = form
  const isPresent = original?.present.has(field) && findRow(original.profile.auth_profile)
  const isCleared = form.draft.value.cleared.has(field)
  const placeholder = wordsOf(isCleared ? 'is-cleared' : 'is-set')
  return (
    <TextField
      form={form}
      field={field}
      isNeeded={isNeeded}
      type={field === 'pass_phrase' ? 'password' : undefined}
      isLong={field === 'key_content'}
      isDisabled={isCleared}
      placeholder={isPresent ? placeholder : ''}
    >
      {isPresent && (
        <button type="button" class="small slight" onClick={() => form.clear(field, !isCleared)}>
          {isCleared ? 'Keep it' : 'Remove'}
          <span class="unseen"> {field}</span>
        </button>
      )}
    </TextField>
  )
}
