/** The address names something that has no page. */
import { backToList } from '../location.ts'
import { Name } from './name.tsx'
import { Words, wordsOf } from './words.tsx'

interface Props {
  /** `unaddressable`: browsers take the name for a step in a path. */
  why: 'missing' | 'unaddressable' | 'unknown'
  name?: string
}

export function NoPage({ why, name }: Props) {
  return (
    <div class="empty">
      <h1 tabIndex={-1}>
        {wordsOf(`${why}-title`)} {name && <Name>{name}</Name>}
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
