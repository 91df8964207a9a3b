/** A fix, and what one click can do of it: copy it, or take its value into the form. */
import { remedyOf } from '../format/remedy.ts'
import { CopyButton } from './copy-button.tsx'
import { Icon } from './icon.tsx'
import { Prose } from './prose.tsx'

interface Props {
  fix: string | null
  /** The field that the finding is about. */
  field: string | null
  /** Takes a value into the form, or only goes there where there is none. */
  onUse: (field: string, value: string | null) => void
}

export function FixBox({ fix, field, onUse }: Props) {
  if (!fix) return null
  const { text, what, proposal } = remedyOf(fix)
  const target = proposal?.field ?? field
  return (
    <div class="fix">
      <p>
        <Prose text={fix} />
      </p>
      <div class="fix-actions">
        <CopyButton text={text} what={what} />
        {target !== null && (
          <button
            type="button"
            class="small"
            onClick={() => onUse(target, proposal?.value ?? null)}
          >
            <Icon name="edit" />
            {proposal === null ? 'Edit' : 'Use this'} {target}
          </button>
        )}
      </div>
    </div>
  )
}
