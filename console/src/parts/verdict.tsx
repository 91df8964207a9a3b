/** How it went, at the head of a card. */
import type { ComponentChildren } from 'preact'
import type { State } from '../store/index.ts'
import { StateMark } from './state-mark.tsx'

interface Props {
  state: State
  title: string
  children: ComponentChildren
}

export function Verdict({ state, title, children }: Props) {
  return (
    <div class="verdict-head">
      <StateMark state={state} />
      <div>
        <h2>{title}</h2>
        <p class="muted">{children}</p>
      </div>
    </div>
  )
}
