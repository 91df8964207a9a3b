/** Sections of a config file or a private key, pasted: the service reads them, and the form is filled in. */
import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { Icon, Words, wordsOf } from '../parts/index.ts'
import type { Form } from './create-form.ts'
import { filledIn } from './draft.ts'
import { parseText, type Parsed, type ParsedProfile } from '../service/index.ts'
import { reasonOf } from '../store/index.ts'

interface Props {
  form: Form
  isOpen: boolean
}

const PUBLIC_KEY = /^\s*(?:-+BEGIN (?:RSA )?PUBLIC|ssh-|ecdsa-)/
/** The service takes no longer body. */
const MAX_LENGTH = 1_000_000
/** More sections than this are chosen from a list. */
const FEW = 12

export function PasteBox({ form, isOpen }: Props) {
  const text = form.pasted
  /** What was read last: more may have been typed since. */
  const source = useRef('')
  const parsed = useSignal<Parsed | null>(null)
  const said = useSignal('')
  const fill = (fields: Partial<ParsedProfile>, what: string, asked = form.draft.peek()) => {
    form.draft.value = filledIn(form.draft.peek(), fields, isOpen, asked)
    said.value = `Filled in from ${what}.`
    form.taken = source.current
  }
  const read = async () => {
    const asked = form.draft.peek()
    source.current = text.value
    parsed.value = null
    said.value = refusalOf(source.current)
    if (said.value !== '') return
    try {
      const found = await parseText(source.current)
      parsed.value = found
      const [first, ...more] = found.profiles
      if (found.key_content !== null) {
        fill({ key_content: found.key_content }, 'the private key', asked)
        if (text.peek() === source.current) text.value = ''
      } else if (first === undefined) said.value = wordsOf('paste-nothing')
      else if (more.length === 0) fill(first, `[${first.auth_profile}]`, asked)
      else said.value = 'Which one?'
    } catch (error) {
      said.value = reasonOf(error)
    }
  }
  return (
    <details class="card form-card" open={isOpen}>
      <summary>Paste and fill in</summary>
      <p class="hint">
        <Words of="paste" />
      </p>
      <textarea
        aria-label="Paste and fill in"
        rows={7}
        spellcheck={false}
        placeholder={wordsOf('paste-example')}
        value={text.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      <button type="button" disabled={text.value.trim() === ''} onClick={() => void read()}>
        Fill in the form
      </button>
      <p role="status">{said}</p>
      <Sections
        profiles={parsed.value?.profiles ?? []}
        onChoose={(profile) => fill(profile, `[${profile.auth_profile}]`)}
      />
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
    </details>
  )
}

interface SectionsProps {
  profiles: readonly ParsedProfile[]
  onChoose: (profile: ParsedProfile) => void
}

function Sections({ profiles, onChoose }: SectionsProps) {
  if (profiles.length < 2) return null
  if (profiles.length > FEW) {
    return (
      <select
        aria-label="Which one?"
        onChange={(event) => {
          const profile = profiles[event.currentTarget.selectedIndex - 1]
          if (profile) onChoose(profile)
        }}
      >
        <option>{profiles.length} sections</option>
        {profiles.map(({ auth_profile }) => (
          <option key={auth_profile}>{auth_profile}</option>
        ))}
      </select>
    )
  }
  return (
    <div class="fix-actions">
      {profiles.map((profile) => (
        <button
          key={profile.auth_profile}
          type="button"
          class="small"
          onClick={() => onChoose(profile)}
        >
          {profile.auth_profile}
        </button>
      ))}
    </div>
  )
}

/** Why the service need not be asked; empty if it is to be. */
function refusalOf(text: string): string {
  if (PUBLIC_KEY.test(text)) return wordsOf('paste-public')
  return text.length > MAX_LENGTH ? wordsOf('paste-long') : ''
}
