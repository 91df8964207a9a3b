/** A small text file, or the measured fact why there is no text. */
import { readFile, stat } from 'node:fs/promises'

export type TextFile =
  | { state: 'text'; text: string }
  | { state: 'absent' }
  | { state: 'folder' }
  /** `fact` goes on after the name of the file. */
  | { state: 'unreadable'; fact: string }

/** Far more than settings need; keeps a wrong file from filling the memory. */
const MAX_BYTES = 1_048_576

/** UTF-8, a byte order mark is left out. A named pipe is a file: some password stores hand out `.env` that way. */
export async function readTextFile(file: string): Promise<TextFile> {
  try {
    const stats = await stat(file)
    if (stats.isDirectory()) return { state: 'folder' }
    if (!stats.isFile() && !stats.isFIFO()) return unreadable('is not a file')
    if (stats.size > MAX_BYTES) return unreadable(`is larger than ${MAX_BYTES} bytes`)
    const bytes = await readFile(file)
    return { state: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) }
  } catch (error) {
    return explain(error instanceof Error && 'code' in error ? error.code : undefined)
  }
}

function explain(errno: unknown): TextFile {
  if (errno === 'ENOENT' || errno === 'ENOTDIR') return { state: 'absent' }
  if (errno === 'ERR_ENCODING_INVALID_ENCODED_DATA') return unreadable('is not UTF-8 text')
  return unreadable(`cannot be read (${String(errno)})`)
}

function unreadable(fact: string): TextFile {
  return { state: 'unreadable', fact }
}
