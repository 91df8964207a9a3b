/** Sensitive values for as long as they may be seen: half a minute, or until the profile changes or is left. */
import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { revealProfile, type SensitiveProfile } from '../service/index.ts'
import type { Row } from '../store/index.ts'

export interface Revealed {
  values: ReadonlySignal<SensitiveProfile | null>
  secondsLeft: ReadonlySignal<number>
  /** Rejects where the service does not give them. */
  show(isWanted: () => boolean): Promise<void>
  hide(): void
}

const SHOWN_S = 30

export function useRevealed(row: Row): Revealed {
  const values = useSignal<SensitiveProfile | null>(null)
  const endsAt = useSignal(0)
  const clock = useSignal(0)
  const secondsLeft = useComputed(() =>
    Math.max(0, Math.ceil((endsAt.value - clock.value) / 1_000)),
  )
  const hide = () => {
    values.value = null
  }
  // Those of before are no longer true.
  useEffect(() => hide, [row.changes.value])
  const isShown = values.value !== null
  useEffect(() => {
    if (!isShown) return undefined
    const timer = setInterval(() => {
      clock.value = Date.now()
      if (clock.value >= endsAt.value) hide()
    }, 250)
    return () => clearInterval(timer)
  }, [isShown])
  const show = async (isWanted: () => boolean) => {
    const revealed = await revealProfile(row.name)
    if (!isWanted()) return
    clock.value = Date.now()
    endsAt.value = clock.value + SHOWN_S * 1_000
    values.value = revealed
  }
  return { values, secondsLeft, show, hide }
}
