/** The faults for which Python refuses a config file, told without the text of the line: it may be a secret. */
import type { Finding } from '../schemas/index.ts'
import { fileFinding, quoteName } from './file-finding.ts'
import { fieldOfKey } from './profile-keys.ts'

export function byteOrderMark(): Finding {
  const message = 'The file starts with a byte order mark, which Python takes for text'
  return fileFinding('BYTE_ORDER_MARK', 'error', message, { line: 1 })
}

export function textBeforeSection(line: number, count: number): Finding {
  const lines = count === 1 ? `Line ${line} stands` : `${count} lines, from line ${line} on, stand`
  const message = `${lines} before the first section and cannot belong to a profile`
  return fileFinding('TEXT_BEFORE_SECTION', 'error', message, { line })
}

export function duplicateSection(name: string, first: number, line: number): Finding {
  const message = `Section ${quoteName(name)} on line ${line} began on line ${first} already; the two are read as one`
  return fileFinding('DUPLICATE_SECTION', 'error', message, { line })
}

/** An unknown key is not named: it may be a piece of a key or a pass phrase that was pasted. */
export function duplicateKey(name: string, key: string, first: number, line: number): Finding {
  const field = fieldOfKey(key)
  const what = field === null ? 'A key' : key
  const message = `${what} occurs twice in section ${quoteName(name)}, on lines ${first} and ${line}; the last one counts`
  return fileFinding('DUPLICATE_KEY', 'error', message, { field, line })
}

export function strayLine(line: number): Finding {
  const message = `Line ${line} is neither a section, nor key=value, nor a comment`
  return fileFinding('STRAY_LINE', 'error', message, { line })
}

export function keyMissing(line: number): Finding {
  const message = `Line ${line} has no key before its "=" or ":"`
  return fileFinding('STRAY_LINE', 'error', message, { line })
}
