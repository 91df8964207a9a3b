/** An address that leads nowhere. */
import { LIST } from '../location.ts'

export function UnknownPage() {
  return (
    <div class="empty">
      <h1 tabIndex={-1}>There is nothing here</h1>
      <p>The address of this page is not one of the console.</p>
      <a class="button" href={LIST}>
        All profiles
      </a>
    </div>
  )
}
