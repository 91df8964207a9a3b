/** Values inside messages: in quotes, the first line of them, not longer than a line can bear. Never for secrets. */
import { firstLine } from '../schemas/index.ts'
import { oneLine } from './finding.ts'

const MAX_LENGTH = 60

export function quoted(value: string): string {
  const text = oneLine(firstLine(value))
  return text.length > MAX_LENGTH ? `"${text.slice(0, MAX_LENGTH)}..."` : `"${text}"`
}
