/**
 * Line icons of 20 × 20, drawn in the colour of the text: the page has their shapes. Those who cannot see them have the
 * words beside.
 */

export type IconName =
  | 'check'
  | 'cross'
  | 'plus'
  | 'search'
  | 'copy'
  | 'edit'
  | 'trash'
  | 'eye'
  | 'refresh'
  | 'light'
  | 'dark'
  | 'system'
  | 'leave'
  | 'left'
  | 'warning'
  | 'info'
  | 'error'
  | 'sort'

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" aria-hidden="true">
      <use href={`#icon-${name}`} />
    </svg>
  )
}
