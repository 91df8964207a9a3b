/** A field with its label, hint, and what the service says is wrong with it. */
import type { ComponentChildren } from 'preact'
import { Fault, Words } from '../parts/index.ts'
import type { Values } from './draft.ts'
import type { Form } from './create-form.ts'

interface Props {
  form: Form
  field: keyof Values
  /** Not given: nobody can tell. */
  isNeeded?: boolean | undefined
  placeholder?: string
  type?: 'password' | undefined
  isLong?: boolean
  isDisabled?: boolean
  /** Beside the label. */
  children?: ComponentChildren
}

export function TextField(props: Props) {
  const { form, field, isNeeded, placeholder, type, isLong, isDisabled } = props
  const id = `field-${field}`
  const fault = form.faults.value.get(field)
  const shared = {
    id,
    value: form.draft.value.values[field],
    placeholder,
    disabled: isDisabled,
    autocomplete: 'off',
    spellcheck: false,
    'aria-invalid': fault !== undefined,
    'aria-required': isNeeded,
    'aria-describedby': `${id}-hint ${id}-fault`,
    onInput: (event: { currentTarget: HTMLInputElement | HTMLTextAreaElement }) =>
      form.set(field, event.currentTarget.value),
  }
  return (
    <div class="field">
      <div class="field-head">
        <label for={id}>
          <code>{field}</code>
          {isNeeded === false && <span class="optional"> optional</span>}
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
      <p class="hint" id={`${id}-hint`}>
        <Words of={`hint-${field}`} />
      </p>
      <Fault text={fault} id={`${id}-fault`} />
    </div>
  )
}
