/** Text that follows signals without redrawing the component that it stands in. */
import { computed, type ReadonlySignal } from '@preact/signals'
import { useMemo } from 'preact/hooks'

/** `make` is taken anew when one of `inputs` changes. */
export function useText(make: () => string, inputs: readonly unknown[]): ReadonlySignal<string> {
  return useMemo(() => computed(make), inputs)
}
