/** Checks whose end the test decides: what the registry does with a result does not depend on where it came from. */
import type { CheckOutcome, RunCheck } from '../../src/registry/index.ts'
import type { OciProfileConfig } from '../../src/schemas/index.ts'

const FINISHED = { opc_request_id: null, checked_at: '2026-01-01T00:00:00.000Z', duration_ms: 1 }

export const WORKS: CheckOutcome = {
  check: { status: 'ok', code: null, message: null, fix: null, ...FINISHED },
  namespace: 'ns',
}

export function fails(code = 'NOT_AUTHENTICATED'): CheckOutcome {
  const check = {
    status: 'failed',
    code,
    message: 'it does not',
    fix: 'mend it',
    ...FINISHED,
  } as const
  return { check, namespace: null }
}

export interface HeldCheck {
  profile: OciProfileConfig
  end(outcome: CheckOutcome): void
}

/** A check that ends when the test says so, or when it is cancelled. */
export function heldChecks(): { check: RunCheck; held: HeldCheck[]; next(): Promise<HeldCheck> } {
  const held: HeldCheck[] = []
  const waiting: ((check: HeldCheck) => void)[] = []
  const check: RunCheck = (profile, { signal }) =>
    new Promise((resolve) => {
      const entry = { profile, end: resolve }
      signal?.addEventListener('abort', () => resolve(fails('CHECK_CANCELLED')))
      if (signal?.aborted) resolve(fails('CHECK_CANCELLED'))
      const waiter = waiting.shift()
      if (waiter) waiter(entry)
      else held.push(entry)
    })
  const next = () => {
    const entry = held.shift()
    return entry
      ? Promise.resolve(entry)
      : new Promise<HeldCheck>((resolve) => waiting.push(resolve))
  }
  return { check, held, next }
}
