/** A mark for each state, told apart by its shape as well as by its colour. The word stands beside it. */
import type { State } from '../store/index.ts'

const SHAPES: Record<State, string> = {
  works: 'M6 10.3l2.7 2.7L14 7.3',
  fails: 'M7 7l6 6M13 7l-6 6',
  checking: '',
  unchecked: 'M7 10h6',
}

export function StateMark({ state }: { state: State }) {
  return (
    <svg class={`mark ${state}`} viewBox="0 0 20 20" aria-hidden="true">
      {state === 'fails' ? (
        <path class="ground" d="M6.3 1h7.4L19 6.3v7.4L13.7 19H6.3L1 13.7V6.3z" />
      ) : (
        <circle class="ground" cx="10" cy="10" r={state === 'checking' ? 7.5 : 9} />
      )}
      <path class="figure" d={SHAPES[state]} />
    </svg>
  )
}
