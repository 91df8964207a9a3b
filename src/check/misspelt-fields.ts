/** A field that is missing because its key is misspelt: one fault, told with the line to correct. Pure. */
import type { Finding } from '../schemas/index.ts'
import { reworded } from './finding.ts'

const MISSING: ReadonlySet<string> = new Set([
  'FIELD_MISSING',
  'PASS_PHRASE_MISSING',
  'PASS_PHRASE_WRONG',
])

/** `reading` are the findings of the config file. */
export function withMisspeltKey(finding: Finding, reading: readonly Finding[]): Finding {
  if (!MISSING.has(finding.code) || finding.field === null) return finding
  const misspelt = reading.find(({ code, field }) => {
    return (code === 'UNKNOWN_KEY' || code === 'STRAY_LINE') && field === finding.field
  })
  if (misspelt === undefined) return finding
  const what = misspelt.code === 'STRAY_LINE' ? 'has no "=" behind it' : 'is misspelt'
  const message = `${finding.message}: its key on line ${misspelt.line} ${what}`
  return { ...reworded(finding, { message, fix: misspelt.fix }), line: misspelt.line }
}
