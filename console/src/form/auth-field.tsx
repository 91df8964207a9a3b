/** The authentication type, which decides what else is asked for. */
import { Fault } from '../parts/index.ts'
import { AUTH_TYPES, type AuthType } from './field-words.ts'
import type { Form } from './use-form.ts'

export function AuthField({ form }: { form: Form }) {
  const { authentication } = form.draft.value.values
  const fault = form.faults.value.get('authentication')
  const isKnown = Object.hasOwn(AUTH_TYPES, authentication)
  return (
    <div class="field">
      <label for="field-authentication">
        <code>authentication</code>
      </label>
      <select
        id="field-authentication"
        value={authentication}
        aria-invalid={fault !== undefined || !isKnown}
        aria-describedby="field-authentication-hint"
        onChange={(event) => form.set('authentication', event.currentTarget.value)}
      >
        {!isKnown && <option value={authentication}>{authentication} (unknown)</option>}
        {Object.keys(AUTH_TYPES).map((type) => (
          <option key={type} value={type}>
            {type}
          </option>
        ))}
      </select>
      <p class="hint" id="field-authentication-hint">
        {isKnown ? AUTH_TYPES[authentication as AuthType] : 'There is no such type: choose one.'}
      </p>
      <Fault text={fault} />
    </div>
  )
}
