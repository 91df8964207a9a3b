/** Takes a proposed value into the form, and leads to its field. */
import type { Values } from './draft.ts'
import type { Form } from './create-form.ts'

/** Without a value the field is only led to. */
export function fillIn(form: Form, field: string, value: string | null): void {
  const draft = form.draft.peek()
  if (!Object.hasOwn(draft.values, field)) return
  if (field === 'key_file' || field === 'key_content') {
    form.draft.value = { ...draft, keyBy: field }
  }
  if (value !== null) form.set(field as keyof Values, value)
  // When the field is drawn.
  setTimeout(() => {
    const input = document.getElementById(`field-${field}`)
    input?.closest('details')?.setAttribute('open', '')
    input?.focus()
  })
}
