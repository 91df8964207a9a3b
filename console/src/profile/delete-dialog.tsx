/** Asks before a profile is deleted, and says whether it will come back. */
import { isolated } from '../format/isolated.ts'
import { originText } from '../format/words.ts'
import { backToList, goTo } from '../location.ts'
import { Dialog } from '../parts/index.ts'
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
    goTo(backToList())
  }
  return (
    <Dialog
      title={`Delete ${isolated(name)}?`}
      verb="Delete"
      icon="trash"
      tone="danger"
      onConfirm={remove}
      onClose={onClose}
    >
      <Consequence origin={origin} />
    </Dialog>
  )
}

function Consequence({ origin }: { origin: Origin }) {
  if (origin.kind === 'api') {
    return <p>It exists in this service alone: what is not written down elsewhere is lost.</p>
  }
  return (
    <>
      <p>
        The service forgets the profile.{' '}
        {origin.kind === 'file'
          ? 'The config file is not changed: the profile returns at the next start, or when its section there changes.'
          : 'The environment is not changed: the profile returns at the next start.'}
      </p>
      <p>
        <code>{originText(origin)}</code>
      </p>
    </>
  )
}
