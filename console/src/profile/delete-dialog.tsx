/** Asks before a profile is deleted, and says whether it will come back. */
import { isolated } from '../format/isolated.ts'
import { originText } from '../format/words.ts'
import { backToList, goTo, route } from '../location.ts'
import { Dialog, Words } from '../parts/index.ts'
import type { Origin } from '../service/index.ts'
import { removeNow } from '../store/index.ts'

interface Props {
  name: string
  origin: Origin
  onClose: () => void
}

export function DeleteDialog({ name, origin, onClose }: Props) {
  const remove = async () => {
    await removeNow(name)
    const shown = route.peek()
    if (shown.screen === 'profile' && shown.name === name) goTo(backToList())
  }
  return (
    <Dialog
      of="delete"
      title={`Delete ${isolated(name)}?`}
      icon="trash"
      tone="danger"
      onConfirm={remove}
      onClose={onClose}
    >
      <p>
        <Words of={`delete-${origin.kind}`} />
      </p>
      {origin.kind !== 'api' && (
        <p>
          <code>{originText(origin)}</code>
        </p>
      )}
    </Dialog>
  )
}
