/** White space as Python's `str.isspace`, `str.strip` and `\s` know it: neither JavaScript's `trim` nor its `\s`. */

const TAB = 0x09
const CARRIAGE_RETURN = 0x0d
const FILE_SEPARATOR = 0x1c
const SPACE = 0x20

const BEYOND_ASCII = new Set([
  0x85, 0xa0, 0x1680, 0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008,
  0x2009, 0x200a, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000,
])

/** `code` is a UTF-16 unit: no white space lies beyond the first plane. U+FEFF is none. */
function isPythonSpace(code: number): boolean {
  if (code > SPACE) return code >= 0x85 && BEYOND_ASCII.has(code)
  return code >= FILE_SEPARATOR || (code >= TAB && code <= CARRIAGE_RETURN)
}

/** Index of the first character from `start` on that is no white space; the length where there is none. */
export function skipSpace(text: string, start: number): number {
  let index = start
  while (index < text.length && isPythonSpace(text.charCodeAt(index))) index++
  return index
}

/** As `str.rstrip()`. */
export function stripEnd(text: string): string {
  let end = text.length
  while (end > 0 && isPythonSpace(text.charCodeAt(end - 1))) end--
  return text.slice(0, end)
}
