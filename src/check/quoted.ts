/** Values inside messages: in quotes, on one line, not longer than a line can bear. Never for secrets. */
import { oneLine } from './finding.ts'

const MAX_LENGTH = 60

export function quoted(value: string): string {
  const text = oneLine(value)
  return text.length > MAX_LENGTH ? `"${text.slice(0, MAX_LENGTH)}..."` : `"${text}"`
}
