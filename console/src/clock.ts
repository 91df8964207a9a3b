/** The service's time, once a second: what the page counts from and to must not depend on this machine's clock. */
import { signal } from '@preact/signals'

/** Clocks that agree to within this are left alone: the Date header has whole seconds. */
const TOLERANCE_MS = 2_000

let aheadMs = 0

/** Milliseconds since 1970. */
export const now = signal(Date.now())

export function startClock(): void {
  setInterval(tick, 1_000)
}

/** Learns from the Date header of an answer. */
export function noteServiceTime(date: string | null): void {
  const serviceMs = Date.parse(date ?? '')
  if (Number.isNaN(serviceMs)) return
  const differenceMs = serviceMs - Date.now()
  aheadMs = Math.abs(differenceMs) > TOLERANCE_MS ? differenceMs : 0
}

function tick(): void {
  now.value = Date.now() + aheadMs
}
