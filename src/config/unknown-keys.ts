/** Keys of a section that no profile has: what they are, and which key was probably meant. Never their values. */
import { FOREIGN_SPELLINGS, nearestName, type Finding } from '../schemas/index.ts'
import { fileFinding, quoteName } from './file-finding.ts'
import { fieldOfKey, isCommandParameter, isKeyOfOtherTool, PROFILE_KEYS } from './profile-keys.ts'
import type { Section } from './sections.ts'

/** A name that a person chose, rather than a piece of text that happens to hold "=" or ":". */
const IDENTIFIER = /^[a-z0-9_.-]{1,40}$/

const LIKE_A_PATH = /^(?:[~./\\$%]|[A-Za-z]:[\\/])|\.pem$/i

/** What a mistyped key most likely meant; a file repeats its mistakes in section after section, so answers are kept. */
export type MeantKeys = Map<string, string | null>

export function findUnknownKeys(section: Section, meantKeys: MeantKeys): Finding[] {
  const keys = [...section.entries.keys()].filter((key) => fieldOfKey(key) === null)
  if (keys.length === 0) return []
  const mayShow = !hasStrayText(section)
  return keys.map((key) => {
    if (!meantKeys.has(key)) meantKeys.set(key, meantKey(key))
    const { line, value } = section.entries.get(key)!
    const known = meantByValue(meantKeys.get(key) ?? null, value)
    const meant = known === null ? null : { key: known, fix: fixSpelling(section, known, line) }
    return unknownKey(key, meant, line, mayShow)
  })
}

/** Beside text that is no key, a "key" may be the last line of a private key, cut at the "=" of its Base64. */
function hasStrayText(section: Section): boolean {
  return section.faults.some(({ code }) => code === 'STRAY_LINE')
}

interface Meant {
  key: string
  fix: string
}

/** A field that is written already must not be written twice. */
function fixSpelling({ entries }: Section, meant: string, line: number): string {
  const field = fieldOfKey(meant)
  const written = [...entries].filter(([key]) => fieldOfKey(key) === field)
  const [filled] = written.filter(([, { value }]) => value !== '')
  if (filled !== undefined) {
    return `Remove line ${line}: ${filled[0]} is on line ${filled[1].line}.`
  }
  const [empty] = written
  if (empty === undefined) return `Write "${meant}" on line ${line}, or remove the line.`
  return `Write "${meant}" on line ${line} and remove line ${empty[1].line}, where it is empty.`
}

function unknownKey(key: string, meant: Meant | null, line: number, mayShow: boolean): Finding {
  if (isKeyOfOtherTool(key)) return ofOtherTool(quoteName(key), line)
  if (meant !== null) return misspelt(key, meant, line)
  const isNamed = mayShow && IDENTIFIER.test(key)
  if (isNamed && isCommandParameter(key)) return ofOtherTool(quoteName(key), line)
  const name = isNamed ? quoteName(key) : 'A key'
  const message = `${name} on line ${line} is no key of a profile`
  return fileFinding('UNKNOWN_KEY', 'warning', message, { line })
}

function ofOtherTool(name: string, line: number): Finding {
  const message = `${name} on line ${line} is for other tools; no profile has it`
  return fileFinding('KEY_OF_OTHER_TOOL', 'info', message, { line })
}

function misspelt(key: string, { key: meant, fix }: Meant, line: number): Finding {
  const message = `${quoteName(key)} on line ${line} is no key of a profile; the nearest is "${meant}"`
  return fileFinding('UNKNOWN_KEY', 'warning', message, { field: fieldOfKey(meant), line, fix })
}

function meantKey(key: string): string | null {
  if (!IDENTIFIER.test(key)) return null
  const name = key.replaceAll(/[-.]/g, '_')
  return FOREIGN_SPELLINGS.get(name) ?? nearestName(name, PROFILE_KEYS.filter(isAsLongAs(name)))
}

/** Of the two fields for a key, the one that takes such a value. */
function meantByValue(meant: string | null, value: string): string | null {
  if (meant === 'key_file' && value.includes('-----BEGIN')) return 'key_content'
  if (meant === 'key_content' && LIKE_A_PATH.test(value)) return 'key_file'
  return meant
}

/** Spares the comparison with keys that are too long or too short to be meant: files may hold any number of keys. */
function isAsLongAs(key: string): (known: string) => boolean {
  return (known) => Math.abs(known.length - key.length) <= Math.max(1, known.length / 3)
}
