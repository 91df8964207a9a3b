/** A field that is missing because its key is misspelt: one fault, told with the line to correct. Pure. */
import { reworded } from '../check/index.ts'
import type { Finding } from '../schemas/index.ts'

/** `reading` are the findings of the config file. */
export function withMisspeltKey(finding: Finding, reading: readonly Finding[]): Finding {
  if (finding.code !== 'FIELD_MISSING' || finding.field === null) return finding
  const misspelt = reading.find(({ code, field }) => {
    return code === 'UNKNOWN_KEY' && field === finding.field
  })
  if (misspelt === undefined) return finding
  const message = `${finding.message}: its key on line ${misspelt.line} is misspelt`
  return { ...reworded(finding, { message, fix: misspelt.fix }), line: misspelt.line }
}
