/** When session tokens expire: read again after a check, and a profile is checked once when its token has come to its end. */
import { effect } from '@preact/signals'
import { now } from '../clock.ts'
import { checkProfile, listChecks, readWithRetries } from '../service/index.ts'
import { putChecks, rows, type Row } from './rows.ts'

const DEBOUNCE_MS = 1_000
/** So that the service sees the token as expired, too. */
const GRACE_MS = 1_500

let timer: ReturnType<typeof setTimeout> | undefined
let end = () => {}

/** Several requests within a second are one. */
export function readTokensSoon(): void {
  timer ??= setTimeout(() => {
    timer = undefined
    end()
    end = readWithRetries(listChecks, putChecks)
  }, DEBOUNCE_MS)
}

export function watchExpiry(): void {
  const checked = new Map<Row, number>()
  effect(() => {
    for (const row of rows.value ?? []) {
      const expiresAt = row.tokenExpiresAt.value
      if (expiresAt === null || now.value < expiresAt + GRACE_MS) continue
      if (checked.get(row) === expiresAt) continue
      checked.set(row, expiresAt)
      // The result comes as an event.
      if (row.state.peek() === 'works') void checkProfile(row.name).catch(() => {})
    }
  })
}
