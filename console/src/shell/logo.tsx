/** The same as the icon of the tab. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" />
      <path d="M9 17l5 5 9.5-11" />
    </svg>
  )
}
