/** Findings as many as one reads: a binary file that is taken for a config file has thousands of one kind. */
import type { Finding } from '../../schemas/index.ts'

const MOST_OF_A_CODE = 10

interface Few {
  /** In their order, the first of each code. */
  shown: Finding[]
  /** "... and 12 more of STRAY_LINE", a line for each code of which there are more. */
  leftOut: string[]
}

export function fewOfEach(findings: readonly Finding[]): Few {
  const counts = new Map<string, number>()
  const shown = findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1
    counts.set(code, count)
    return count <= MOST_OF_A_CODE
  })
  const leftOut = [...counts]
    .filter(([, count]) => count > MOST_OF_A_CODE)
    .map(([code, count]) => `... and ${count - MOST_OF_A_CODE} more of ${code}`)
  return { shown, leftOut }
}
