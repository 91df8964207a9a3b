/** The private key: a path on the machine of the service, or the key itself. The one excludes the other. */
import { wordsOf } from '../parts/index.ts'
import { isNeeded } from './field-words.ts'
import type { Draft } from './draft.ts'
import { SensitiveField } from './sensitive-field.tsx'
import type { Form } from './create-form.ts'

const WAYS: readonly Draft['keyBy'][] = ['key_file', 'key_content']

export function KeyField({ form }: { form: Form }) {
  const { keyBy, values } = form.draft.value
  return (
    <fieldset class="key">
      <legend class="label">Private key</legend>
      <div class="ways">
        {WAYS.map((way) => (
          <label key={way} class="check">
            <input
              type="radio"
              name="key-by"
              checked={keyBy === way}
              onChange={() => (form.draft.value = { ...form.draft.peek(), keyBy: way })}
            />
            {wordsOf(`by-${way}`)}
          </label>
        ))}
      </div>
      <SensitiveField
        key={keyBy}
        form={form}
        field={keyBy}
        isNeeded={isNeeded(values.authentication, 'key_file')}
      />
    </fieldset>
  )
}
