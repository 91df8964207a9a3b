/** Asks for the API key, and says where it is to be found. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Fault, Words, wordsOf } from '../parts/index.ts'
import { refusal, signIn } from '../session.ts'

const SERVICE = new URL('.', location.href).href

export function SignIn() {
  const key = useSignal('')
  const input = useRef<HTMLInputElement>(null)
  const isEmpty = useSignal(false)
  const fault = isEmpty.value
    ? wordsOf('no-key')
    : refusal.value === 'wrong'
      ? wordsOf('wrong-key')
      : ''
  useEffect(() => {
    document.title = 'Sign in · oci-profiles'
    input.current?.focus()
  }, [])
  return (
    <section class="sign-in card">
      <h1 tabIndex={-1}>Sign in</h1>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          isEmpty.value = key.value.trim() === ''
          if (!isEmpty.value) signIn(key.value)
        }}
      >
        <div class="field">
          <label for="api-key">API key</label>
          <input
            ref={input}
            id="api-key"
            type="password"
            autocomplete="off"
            aria-required
            aria-invalid={fault !== ''}
            aria-describedby="api-key-fault"
            value={key.value}
            onInput={(event) => (key.value = event.currentTarget.value)}
          />
          <Fault id="api-key-fault" text={fault} />
        </div>
        <button class="primary">Sign in</button>
      </form>
      <h2>{wordsOf('sign-in-title')}</h2>
      <pre>
        {wordsOf('printed')} {SERVICE}#api_key=…
      </pre>
      <Words of="sign-in" />
    </section>
  )
}
