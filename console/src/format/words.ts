/** What things are called: wire names stay wire names, these are the words around them. Pure. */
import type { State } from '../store/index.ts'
import type { DiagnosedField, Origin } from '../service/index.ts'

export const STATE_WORDS: Record<State, string> = {
  works: 'works',
  fails: 'fails',
  checking: 'checking',
  unchecked: 'not checked',
}

/** `/home/ada/.oci/config:12`, or what else the profile comes from. */
export function originText({ kind, file, line }: Origin): string {
  if (kind === 'api') return 'created over the API'
  if (file === undefined) return 'environment of the service'
  return line === undefined ? file : `${file}:${line}`
}

/** Where the value of a field comes from, in a few words; a file that the reader knows already is left out. */
export function sourceText(
  { source, file, line, variable }: DiagnosedField,
  knownFile?: string,
): string {
  const place = file === null ? '' : placeText(file, line, file === knownFile)
  const words: Record<DiagnosedField['source'], string> = {
    section: place || 'its section',
    DEFAULT: `[DEFAULT] ${place}`,
    environment: variable ?? 'environment',
    api: 'changed over the API',
    inferred: 'inferred',
    default: 'default',
  }
  return words[source]
}

function placeText(file: string, line: number | null, isKnown: boolean): string {
  if (line === null) return isKnown ? '' : file
  return isKnown ? `line ${line}` : `${file}:${line}`
}
