/** Asks before sensitive values are shown, because showing them goes on record. */
import { Dialog, Words, wordsOf } from '../parts/index.ts'

interface Props {
  onShow: (isOpen: () => boolean) => Promise<void>
  onClose: () => void
}

export function RevealDialog({ onShow, onClose }: Props) {
  return (
    <Dialog
      title={wordsOf('reveal-title')}
      verb="Show for 30 s"
      icon="eye"
      tone="primary"
      onConfirm={onShow}
      onClose={onClose}
    >
      <p>
        <Words of="reveal" />
      </p>
    </Dialog>
  )
}
