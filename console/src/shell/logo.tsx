/** The same as the icon of the tab. */
export function Logo() {
  return (
    <svg class="logo" aria-hidden="true">
      <use href="#logo" />
    </svg>
  )
}
