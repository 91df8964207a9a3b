/** Asks for the API key, and says where it is to be found. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { Fault } from '../parts/index.ts'
import { refusal, signIn } from '../session.ts'

const SERVICE = new URL('.', location.href).href

export function SignIn() {
  const key = useSignal('')
  const input = useRef<HTMLInputElement>(null)
  const isWrong = refusal.value === 'wrong'
  useEffect(() => {
    document.title = 'Sign in · oci-profiles'
    input.current?.focus()
  }, [])
  return (
    <section class="sign-in card">
      <h1 tabIndex={-1}>Sign in</h1>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (key.value.trim() !== '') signIn(key.value.trim())
        }}
      >
        <div class="field">
          <label for="api-key">API key</label>
          <input
            ref={input}
            id="api-key"
            type="password"
            autocomplete="off"
            required
            aria-invalid={isWrong}
            aria-describedby={isWrong ? 'api-key-fault' : undefined}
            value={key.value}
            onInput={(event) => (key.value = event.currentTarget.value)}
          />
          <Fault
            id="api-key-fault"
            text={
              isWrong
                ? 'The service does not accept this key. Where nobody set one, it makes a new key at every start.'
                : ''
            }
          />
        </div>
        <button class="primary">Sign in</button>
      </form>
      <h2>Where is the key?</h2>
      <ul>
        <li>
          Nobody set one: the service printed a link with its key when it started, in the terminal
          that it runs in. Opening that link signs you in.
          <pre>Console, with the API key of this run, shown this once: {SERVICE}#api_key=…</pre>
        </li>
        <li>
          Somebody set it: in the variable <code>OCI_PROFILES_API_KEY</code>, in <code>.env</code>{' '}
          or as <code>api_key</code> in <code>configuration.json</code>.
        </li>
      </ul>
      <p class="muted">The key stays in this tab and is forgotten when the tab is closed.</p>
    </section>
  )
}
