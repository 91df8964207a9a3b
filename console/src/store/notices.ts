/** Short messages about what has happened: seen in a corner, and read out by screen readers. */
import { signal } from '@preact/signals'

export interface Notice {
  id: number
  text: string
  tone: 'good' | 'bad' | 'plain'
}

const SHOWN_MS = { good: 6_000, plain: 6_000, bad: 12_000 }

export const notices = signal<readonly Notice[]>([])

let last = 0

export function notify(text: string, tone: Notice['tone'] = 'plain'): void {
  const notice = { id: (last += 1), text, tone }
  notices.value = [...notices.peek().slice(-2), notice]
  setTimeout(() => dismiss(notice.id), SHOWN_MS[tone])
}

export function dismiss(id: number): void {
  notices.value = notices.peek().filter((notice) => notice.id !== id)
}
