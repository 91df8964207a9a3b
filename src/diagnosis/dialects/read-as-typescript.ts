/** As the TypeScript SDK reads a section (oci-common, config-file-reader): lines end with `\n`, white space is JavaScript's. */
import { accumulateSections } from './accumulate-sections.ts'
import { linesByNewline } from './numbered-lines.ts'
import type { SectionReader } from './reading.ts'

export function readAsTypeScript(text: string): SectionReader {
  return accumulateSections(linesByNewline(text), (part) => part.trim())
}
