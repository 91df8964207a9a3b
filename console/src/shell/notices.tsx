/** Messages about what has happened, in a corner and for screen readers. */
import { Icon, IconButton } from '../parts/index.ts'
import { dismiss, notices } from '../store/index.ts'

export function Notices() {
  return (
    <div class="notices" role="status" aria-live="polite">
      {notices.value.map(({ id, text, tone }) => (
        <div key={id} class={`notice ${tone}`}>
          {tone !== 'plain' && <Icon name={tone === 'good' ? 'check' : 'warning'} />}
          <p>{text}</p>
          <IconButton icon="cross" title="Dismiss" onClick={() => dismiss(id)} />
        </div>
      ))}
    </div>
  )
}
