/** Config file bytes → text. Bytes that are not UTF-8 become U+FFFD, and each line that holds any is a fault. */
import { isUtf8 } from 'node:buffer'
import type { Finding } from '../schemas/index.ts'
import { fileFinding } from './file-finding.ts'

export interface DecodedFile {
  /** With its byte order mark, if it has one. */
  text: string
  faults: Finding[]
}

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

export function decodeConfigFile(bytes: Buffer): DecodedFile {
  const utf16 = utf16Label(bytes)
  if (utf16 !== null)
    return { text: new TextDecoder(utf16).decode(bytes), faults: [notUtf8(1, true)] }
  if (isUtf8(bytes)) {
    return { text: bytes.toString('utf8'), faults: isUnmarkedUtf16(bytes) ? [UNMARKED_UTF16] : [] }
  }
  const faults = linesNotUtf8(bytes).map((line) => notUtf8(line))
  return { text: bytes.toString('utf8'), faults }
}

/** What some Windows editors and shells write: no UTF-8 text begins with these two bytes. */
function utf16Label(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return null
}

/** Without a mark, what begins with ASCII has a NUL in each pair. Python takes it for UTF-8, so it is read as such. */
function isUnmarkedUtf16(bytes: Buffer): boolean {
  const start = bytes.subarray(0, 64)
  return start.length >= 16 && (hasNuls(start, 0) || hasNuls(start, 1))
}

/** Of each pair, `at` is a NUL and the other byte is not. */
function hasNuls(bytes: Buffer, at: 0 | 1): boolean {
  return bytes.every((byte, index) => (byte === 0) === (index % 2 === at))
}

/** 1-based numbers of the lines, ended by `\n`, `\r\n` or `\r`, that are not UTF-8. */
function linesNotUtf8(bytes: Buffer): number[] {
  const lines: number[] = []
  let start = 0
  for (let number = 1; start < bytes.length; number++) {
    const end = lineEnd(bytes, start)
    if (!isUtf8(bytes.subarray(start, end))) lines.push(number)
    start = bytes[end] === CARRIAGE_RETURN && bytes[end + 1] === LINE_FEED ? end + 2 : end + 1
  }
  return lines
}

function lineEnd(bytes: Buffer, start: number): number {
  let end = start
  while (end < bytes.length && bytes[end] !== LINE_FEED && bytes[end] !== CARRIAGE_RETURN) end++
  return end
}

const UNMARKED_UTF16 = fileFinding(
  'NOT_UTF8',
  'warning',
  'The file looks like UTF-16 without a byte order mark, which Python reads as UTF-8 with a NUL beside each letter',
  { line: 1 },
)

function notUtf8(line: number, isUtf16 = false): Finding {
  const message = isUtf16
    ? 'The file is UTF-16, which Python cannot read as a config file'
    : `Line ${line} has bytes that are not UTF-8`
  return fileFinding('NOT_UTF8', 'error', message, { line })
}
