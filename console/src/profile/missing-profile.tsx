/** The address names a profile that is not there, or is there no more. */
import { backToList, NEW } from '../location.ts'
import { Name } from '../parts/index.ts'

export function MissingProfile({ name }: { name: string }) {
  return (
    <div class="empty">
      <h1 tabIndex={-1}>
        There is no profile <Name>{name}</Name>
      </h1>
      <p>It was deleted, or the config file no longer has it.</p>
      <div class="actions">
        <a class="button" href={backToList()}>
          All profiles
        </a>
        <a class="button" href={NEW}>
          New profile
        </a>
      </div>
    </div>
  )
}
