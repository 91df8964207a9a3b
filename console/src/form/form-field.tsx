/** Which kind of input a field has. */
import { Words } from '../parts/index.ts'
import { isSensitive, type FieldName } from '../service/index.ts'
import { isNeeded } from './field-words.ts'
import { KeyField } from './key-field.tsx'
import { SensitiveField } from './sensitive-field.tsx'
import { TextField } from './text-field.tsx'
import type { Form } from './create-form.ts'

export function FormField({ form, field }: { form: Form; field: FieldName }) {
  if (field === 'key_file') return <KeyField form={form} />
  if (field === 'log_requests') return <LogRequests form={form} />
  const needed = isNeeded(form.draft.value.values.authentication, field)
  if (isSensitive(field)) return <SensitiveField form={form} field={field} isNeeded={needed} />
  return <TextField form={form} field={field} isNeeded={needed} />
}

function LogRequests({ form }: { form: Form }) {
  return (
    <label class="check">
      <input
        id="field-log_requests"
        type="checkbox"
        checked={form.draft.value.values.log_requests === 'true'}
        onChange={(event) => form.set('log_requests', String(event.currentTarget.checked))}
      />
      <span>
        <code>log_requests</code>
        <span class="hint">
          <Words of="hint-log_requests" />
        </span>
      </span>
    </label>
  )
}
