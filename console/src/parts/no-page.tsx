/** The address names something that has no page. */
import { backToList } from '../location.ts'
import { Name } from './name.tsx'
import { Words } from './words.tsx'

const TITLES = {
  missing: 'There is no profile ',
  /** Browsers take its name for a step in a path. */
  unaddressable: 'A browser cannot address the profile ',
  unknown: 'There is nothing here',
}

export function NoPage({ why, name }: { why: keyof typeof TITLES; name?: string }) {
  return (
    <div class="empty">
      <h1 tabIndex={-1}>
        {TITLES[why]}
        {name && <Name>{name}</Name>}
      </h1>
      <p>
        <Words of={why} />
      </p>
      <a class="button" href={backToList()}>
        All profiles
      </a>
    </div>
  )
}
