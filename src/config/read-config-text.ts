/** The config file once more, for those who ask how other tools read it. */
import { decodeConfigFile } from './decode.ts'
import { stampOf } from './file-look.ts'
import { readBytes } from './read-bytes.ts'
import { parseSections, type ParsedSections } from './sections.ts'

export interface ConfigText {
  /** As tools read it that take every file for UTF-8, with its byte order mark. */
  text: string
  /** The same file as this package reads it. */
  parsed: ParsedSections
}

/** Rejects as opening and reading do: with an error that has a `code`. */
export async function readConfigText(file: string): Promise<ConfigText> {
  const bytes = await readBytes(file)
  const decoded = decodeConfigFile(bytes)
  const parsed = parseSections(decoded.text, decoded.faults)
  return { text: bytes.toString('utf8'), parsed }
}

/** Changes when the file does; `null` where there is no ordinary file: a pipe gives its text only once. */
export async function configFileStamp(file: string): Promise<string | null> {
  const { kind, text } = await stampOf(file)
  return kind === 'file' ? text : null
}
