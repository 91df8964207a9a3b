/** Asks before sensitive values are shown, because showing them goes on record. */
import { Dialog, Name } from '../parts/index.ts'

interface Props {
  name: string
  onShow: () => Promise<void>
  onClose: () => void
}

export function RevealDialog({ name, onShow, onClose }: Props) {
  return (
    <Dialog
      title="Show sensitive values?"
      verb="Show for 30 s"
      icon="eye"
      tone="primary"
      onConfirm={onShow}
      onClose={onClose}
    >
      <p>
        Key, pass phrase, fingerprint and paths of <Name>{name}</Name> in plain text, for 30 s. The
        service writes to its audit log that they were read, by whom and when.
      </p>
    </Dialog>
  )
}
