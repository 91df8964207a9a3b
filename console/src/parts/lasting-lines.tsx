/** The config file is never written: the lines that it takes for changes to outlast this run of the service. */
import type { ProfilePatch } from '../service/index.ts'
import { CopyButton } from './copy-button.tsx'
import { Words, wordsOf } from './words.tsx'

/** Stands for a sensitive value that is not known here. */
export const HIDDEN = '\0'

interface Props {
  name: string
  /** Where the profile comes from; a new one comes from nowhere yet. */
  file: string | undefined
  changes: ProfilePatch
}

export function LastingLines({ name, file, changes }: Props) {
  const lines = Object.entries(changes).map(lineOf)
  if (lines.length === 0 || name === '') return null
  const text = [`[${name}]`, ...lines].join('\n')
  return (
    <section class="card form-card lasting" aria-labelledby="lasting">
      <h2 id="lasting">To make it last</h2>
      <p class="hint">
        <Words of="lasting" />
      </p>
      {file !== undefined && <code>{file}</code>}
      <pre>{text}</pre>
      <div>
        <CopyButton text={text} what="lines" />
      </div>
    </section>
  )
}

/** Secrets are not repeated on the screen, and a key of many lines has no place in a config file. */
function lineOf([field, value]: [string, ProfilePatch[keyof ProfilePatch]]): string {
  if (value === null) return `# without ${field}`
  if (field === 'key_content' || field === 'pass_phrase') return wordsOf(`lasting-${field}`)
  return value === HIDDEN ? `# ${field} = ${wordsOf('lasting-hidden')}` : `${field} = ${value}`
}
