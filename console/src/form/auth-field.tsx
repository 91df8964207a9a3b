/** The authentication type, which decides what else is asked for. */
import { Fault, Words, wordsOf } from '../parts/index.ts'
import { AUTH_TYPES, isAuthType } from './field-words.ts'
import type { Form } from './create-form.ts'

export function AuthField({ form }: { form: Form }) {
  const { authentication } = form.draft.value.values
  const fault = form.faults.value.get('authentication')
  const isKnown = isAuthType(authentication)
  return (
    <div class="field">
      <label for="field-authentication">
        <code>authentication</code>
      </label>
      <select
        id="field-authentication"
        value={authentication}
        aria-invalid={fault !== undefined || !isKnown}
        aria-describedby="field-authentication-hint field-authentication-fault"
        onChange={(event) => form.set('authentication', event.currentTarget.value)}
      >
        {!isKnown && <option value={authentication}>{authentication} (unknown)</option>}
        {AUTH_TYPES.map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </select>
      <p class="hint" id="field-authentication-hint">
        {isKnown ? <Words of={`auth-${authentication}`} /> : wordsOf('no-type')}
      </p>
      <Fault text={fault} id="field-authentication-fault" />
    </div>
  )
}
