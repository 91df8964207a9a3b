/** What is wrong, read out at once. */
import { Icon } from './icon.tsx'

export function Fault({ text, id }: { text: string | undefined; id?: string }) {
  if (!text) return null
  return (
    <p class="fault" id={id} role="alert">
      <Icon name="warning" />
      <span>{text}</span>
    </p>
  )
}
