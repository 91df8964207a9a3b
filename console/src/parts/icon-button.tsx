/** A button that shows no more than an icon; its words are for the pointer that rests on it, and for screen readers. */
import { Icon, type IconName } from './icon.tsx'

interface Props {
  icon: IconName
  title: string
  onClick: () => void
}

export function IconButton({ icon, title, onClick }: Props) {
  return (
    <button type="button" class="bare" title={title} onClick={onClick}>
      <Icon name={icon} />
      <span class="unseen">{title}</span>
    </button>
  )
}
