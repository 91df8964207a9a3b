/** A part of a page with its heading: the words of that stand in the page under the name of the part. */
import type { ComponentChildren } from 'preact'
import { wordsOf } from './words.tsx'

interface Props {
  id: string
  /** At the other end of the line of the heading. */
  beside?: ComponentChildren
  children: ComponentChildren
}

export function Card({ id, beside, children }: Props) {
  return (
    <section class="card" aria-labelledby={id}>
      <div class="card-head">
        <h2 id={id}>{wordsOf(`${id}-title`)}</h2>
        {beside}
      </div>
      {children}
    </section>
  )
}
