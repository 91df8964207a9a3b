/** The faults for which Python refuses a config file, told without the text of the line: it may be a secret. */
import type { Finding } from '../schemas/index.ts'
import { fileFinding, quoteName } from './file-finding.ts'
import { fieldOfKey } from './profile-keys.ts'

export function byteOrderMark(): Finding {
  const message = 'The file starts with a byte order mark, which Python takes for text'
  return fileFinding('BYTE_ORDER_MARK', 'error', message, { line: 1 })
}

/** A header that is none, because it lost a bracket or is indented: what follows belongs to the section above. */
export interface LostHeader {
  line: number
  /** Goes on after "line 8": "looks like a header without its bracket". */
  what: string
  fix: string
}

export function brokenHeader(line: number): LostHeader {
  const what = 'looks like the header of a section without one of its brackets'
  return { line, what, fix: `Write the name in line ${line} between brackets: [NAME].` }
}

export function indentedHeader(line: number): LostHeader {
  const what =
    'looks like the header of a section, but is indented and so belongs to the value above it'
  return { line, what, fix: `Remove the white space in front of line ${line}.` }
}

/** `first` is the first of the lines. */
export function textBeforeSection(line: number, count: number, first: string): Finding {
  if (isBrokenHeader(first)) {
    const { what, fix } = brokenHeader(line)
    return fileFinding('TEXT_BEFORE_SECTION', 'error', `Line ${line} ${what}`, { line, fix })
  }
  if (first.includes('-----BEGIN') || first.startsWith('{')) {
    const kind = first.startsWith('{') ? 'JSON' : 'a key or a certificate in PEM'
    const fix =
      'Name an OCI config file; it holds sections such as [DEFAULT], with the path of the key.'
    const message = `The file is ${kind} and no config file`
    return fileFinding('TEXT_BEFORE_SECTION', 'error', message, { line, fix })
  }
  const lines = count === 1 ? `Line ${line} stands` : `${count} lines, from line ${line} on, stand`
  const message = `${lines} before the first section and cannot belong to a profile`
  return fileFinding('TEXT_BEFORE_SECTION', 'error', message, { line })
}

export function duplicateSection(name: string, first: number, line: number): Finding {
  const message = `Section ${quoteName(name)} on line ${line} began on line ${first} already; the two are read as one`
  return fileFinding('DUPLICATE_SECTION', 'error', message, { line })
}

/** An unknown key is not named: it may be a piece of a key or a pass phrase that was pasted. */
export function duplicateKey(
  name: string,
  key: string,
  [first, line]: readonly [number, number],
  lost: LostHeader | null,
): Finding {
  const field = fieldOfKey(key)
  const what = field === null ? 'A key' : key
  const message = `${what} occurs twice in section ${quoteName(name)}, on lines ${first} and ${line}; the last one counts`
  if (lost === null) return fileFinding('DUPLICATE_KEY', 'error', message, { field, line })
  const told = `${message}; line ${lost.line}, between them, ${lost.what}`
  return fileFinding('DUPLICATE_KEY', 'error', told, { field, line, fix: lost.fix })
}

/** The text of a stray line with one bracket of two, and nothing that values have. */
export function isBrokenHeader(text: string): boolean {
  return /^(?:\[[^\][=:]{1,128}|[^\][=:]{1,128}\])$/.test(text)
}

export function strayLine(line: number, text: string): Finding {
  if (isBrokenHeader(text)) {
    const { what, fix } = brokenHeader(line)
    return fileFinding('STRAY_LINE', 'error', `Line ${line} ${what}`, { line, fix })
  }
  const field = fieldOfKey(/^(\w+)\s/.exec(text.slice(0, 64))?.[1]?.toLowerCase() ?? '')
  if (field !== null) {
    const told = `Line ${line} has no "=" behind ${field}`
    const fix = `Write "=" behind ${field} on line ${line}.`
    return fileFinding('STRAY_LINE', 'error', told, { field, line, fix })
  }
  const message = `Line ${line} is neither a section, nor key=value, nor a comment`
  return fileFinding('STRAY_LINE', 'error', message, { line })
}

export function keyMissing(line: number): Finding {
  const message = `Line ${line} has no key before its "=" or ":"`
  return fileFinding('STRAY_LINE', 'error', message, { line })
}
