/** Pasted text → what it says. A private key alone is told from sections by its first line. */
import { OciProfilesError } from '../../errors.ts'
import {
  EDITABLE_FIELDS,
  sensitiveView,
  type Finding,
  type OciProfileConfig,
} from '../../schemas/index.ts'
import type { ParsedText } from '../ports.ts'

interface ParseAnswer {
  kind: 'sections' | 'private_key'
  profiles: object[]
  key_content: string | null
  diagnostics: Finding[]
}

const FIELDS = new Set<string>(['auth_profile', ...EDITABLE_FIELDS])

const KEY_FIRST = /^\s*-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----/

const HEADER = /^\s*\[/m

/** In characters. Every profile repeats what it inherits: a short text may say a lot. */
const MOST_LENGTH = 4 * 1024 * 1024

/** Throws VALIDATION_FAILED when the profiles of the text are too many for one answer. */
export function answerParsed(text: string, parse: (text: string) => ParsedText): ParseAnswer {
  if (KEY_FIRST.test(text) && !HEADER.test(text)) {
    return { kind: 'private_key', profiles: [], key_content: `${text.trim()}\n`, diagnostics: [] }
  }
  const { loaded, diagnostics } = parse(text)
  const all = new Set([...diagnostics, ...loaded.flatMap(({ findings }) => findings)])
  return {
    kind: 'sections',
    profiles: allFields(loaded.map(({ profile }) => profile)),
    key_content: null,
    diagnostics: [...all].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  }
}

function allFields(profiles: readonly OciProfileConfig[]): object[] {
  let left = MOST_LENGTH
  return profiles.map((profile) => {
    const fields = fieldsOf(profile)
    left -= JSON.stringify(fields).length
    if (left < 0) throw tooMuch()
    return fields
  })
}

function tooMuch(): OciProfilesError {
  const message = 'says more than 4 MiB: send fewer sections at once'
  const errors = [{ pointer: '/text', message }]
  return new OciProfilesError('VALIDATION_FAILED', `/text: ${message}`, { errors })
}

/** As POST takes them, in plain text. */
function fieldsOf(profile: OciProfileConfig): object {
  const entries = Object.entries(sensitiveView(profile))
  return Object.fromEntries(entries.filter(([field]) => FIELDS.has(field)))
}
