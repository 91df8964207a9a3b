/** Asks before sensitive values are shown, because showing them goes on record. */
import { Dialog, Words } from '../parts/index.ts'

interface Props {
  onShow: (isOpen: () => boolean) => Promise<void>
  onClose: () => void
}

export function RevealDialog({ onShow, onClose }: Props) {
  return (
    <Dialog of="reveal" icon="eye" tone="primary" onConfirm={onShow} onClose={onClose}>
      <p>
        <Words of="reveal" />
      </p>
    </Dialog>
  )
}
