/** The config file is never written: the lines that it takes for the change to outlast this run of the service. */
import { CopyButton } from '../parts/index.ts'
import type { ProfilePatch } from '../service/index.ts'
import type { Form } from './use-form.ts'

export function FileLines({ form }: { form: Form }) {
  const name = form.draft.value.values.auth_profile
  const lines = Object.entries(form.changes()).flatMap(lineOf)
  if (lines.length === 0 || name === '') return null
  const file = form.original?.profile.origin.file
  const text = [`[${name}]`, ...lines].join('\n')
  return (
    <section class="card form-card" aria-labelledby="lasting">
      <h2 id="lasting">To make it last</h2>
      <p class="hint">
        What you change here is in force until the service stops, or the file says something new.
        The config file is read, never written; these lines belong into{' '}
        {file === undefined ? 'it' : <code>{file}</code>}:
      </p>
      <pre>{text}</pre>
      <div>
        <CopyButton text={text} what="lines" />
      </div>
    </section>
  )
}

/** Secrets are not repeated on the screen, and a key of many lines has no place in a config file. */
function lineOf([field, value]: [string, ProfilePatch[keyof ProfilePatch]]): string[] {
  if (field === 'key_content') return ['# key_file = the path of a file with the key']
  if (field === 'pass_phrase' && value !== null) return ['# pass_phrase = as you typed it']
  return [value === null ? `# without ${field}` : `${field} = ${value}`]
}
