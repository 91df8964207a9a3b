/** Sections of a config file or a private key, pasted: the service reads them, and the form is filled in. */
import { useSignal } from '@preact/signals'
import { Icon } from '../parts/index.ts'
import { parseText, type Parsed, type ParsedProfile } from '../service/index.ts'
import { reasonOf } from '../store/index.ts'

interface Props {
  onFill: (parsed: Partial<ParsedProfile>) => void
}

const PLACEHOLDER = `[PROD]
user = ocid1.user.oc1..…
fingerprint = 20:3b:97:13:…
tenancy = ocid1.tenancy.oc1..…
region = eu-frankfurt-1
key_file = ~/.oci/prod.pem`

export function PasteBox({ onFill }: Props) {
  const text = useSignal('')
  const parsed = useSignal<Parsed | null>(null)
  const said = useSignal('')
  const fill = (fields: Partial<ParsedProfile>, what: string) => {
    onFill(fields)
    said.value = `Filled in from ${what}.`
  }
  const read = async () => {
    said.value = ''
    parsed.value = null
    try {
      const found = await parseText(text.value)
      parsed.value = found
      const [first, ...more] = found.profiles
      if (found.key_content !== null) fill({ key_content: found.key_content }, 'the private key')
      else if (first === undefined) said.value = 'There is no profile in this text.'
      else if (more.length === 0) fill(first, `[${first.auth_profile}]`)
      else said.value = 'Which one?'
    } catch (error) {
      said.value = reasonOf(error)
    }
  }
  return (
    <section class="card form-card" aria-labelledby="paste">
      <h2 id="paste">Paste and fill in</h2>
      <p class="hint">
        A section of a config file, or a private key in PEM. It is read, not stored.
      </p>
      <textarea
        aria-labelledby="paste"
        rows={7}
        spellcheck={false}
        placeholder={PLACEHOLDER}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <button type="button" disabled={text.value.trim() === ''} onClick={() => void read()}>
        Fill in the form
      </button>
      <p role="status">{said}</p>
      {(parsed.value?.profiles.length ?? 0) > 1 && (
        <div class="fix-actions">
          {parsed.value?.profiles.map((profile) => (
            <button
              key={profile.auth_profile}
              type="button"
              class="small"
              onClick={() => fill(profile, `[${profile.auth_profile}]`)}
            >
              {profile.auth_profile}
            </button>
          ))}
        </div>
      )}
      <ul class="paste-faults">
        {parsed.value?.diagnostics.map(({ code, line, message, fix }) => (
          <li key={`${code} ${line} ${message}`}>
            <Icon name="warning" />
            <span>
              <span class="code">{code}</span> {line !== null && `line ${line}: `}
              {message}. <span class="muted">{fix}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
