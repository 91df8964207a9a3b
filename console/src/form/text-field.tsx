/** A field with its label, hint, and what the service says is wrong with it. */
import type { ComponentChildren } from 'preact'
import { Fault } from '../parts/index.ts'
import type { Values } from './draft.ts'
import type { Form } from './use-form.ts'

interface Props {
  form: Form
  field: keyof Values
  hint?: string | undefined
  isNeeded?: boolean
  placeholder?: string
  type?: 'password' | undefined
  isLong?: boolean
  isDisabled?: boolean
  /** Beside the label. */
  children?: ComponentChildren
}

export function TextField(props: Props) {
  const { form, field, hint, isNeeded, placeholder, type, isLong, isDisabled } = props
  const id = `field-${field}`
  const fault = form.faults.value.get(field)
  const described = [hint && `${id}-hint`, fault && `${id}-fault`].filter(Boolean).join(' ')
  const shared = {
    id,
    value: form.draft.value.values[field],
    placeholder,
    disabled: isDisabled,
    autocomplete: 'off',
    spellcheck: false,
    'aria-invalid': fault !== undefined,
    'aria-required': isNeeded,
    'aria-describedby': described || undefined,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      form.set(field, event.currentTarget.value),
  }
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>
          <code>{field}</code>
          {isNeeded ? '' : <span class="optional"> optional</span>}
        </label>
        {props.children}
      </div>
      {isLong ? (
        <textarea {...shared} rows={5} />
      ) : type === 'password' ? (
        <input {...shared} type="password" />
      ) : (
        <input {...shared} dir="auto" />
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <Fault text={fault} id={`${id}-fault`} />
    </div>
  )
}
