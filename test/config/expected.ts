/** Comparison of what was read with Python's answer. */
import { expect } from 'vitest'
import { parseSections, type ParsedConfigFile } from '../../src/config/index.ts'
import type { Items, PythonAnswer } from './python.ts'

export const HOME = '/home/me'

type Section = [name: string, own: Items]

/** The sections of the text, DEFAULT first as Python has it, there or not. */
export function sectionsOf(text: string): Section[] {
  const { sections } = parseSections(text)
  const items = sections.map(({ name, entries }): Section => {
    return [name, [...entries].map(([key, { value }]) => [key, value])]
  })
  const defaults = items.find(([name]) => name === 'DEFAULT') ?? ['DEFAULT', []]
  return [defaults, ...items.filter(([name]) => name !== 'DEFAULT')]
}

export function ownItems(answer: PythonAnswer): Section[] {
  return answer.sections.map(([name, own]) => [name, own])
}

const TEXT_FIELDS = [
  'user',
  'fingerprint',
  'tenancy',
  'region',
  'genai_compartment_id',
  'genai_region',
] as const

/** The profiles that follow from Python's sections, in the fields whose value is the text itself. */
export function expectedProfiles({ sections }: PythonAnswer): unknown[] {
  const profiles = sections.filter(([name, own]) => name !== 'DEFAULT' || own.length > 0)
  return profiles.map(([name, , all]) => {
    const values = new Map(all)
    const text = (key: string) => values.get(key) || null
    const keyFile = text('key_file')
    return {
      auth_profile: name,
      ...Object.fromEntries(TEXT_FIELDS.map((field) => [field, text(field)])),
      key_file: keyFile && expanded(keyFile),
      security_token_file: expanded(text('security_token_file') ?? '') || null,
      key_content: keyFile === null ? text('key_content') : null,
      pass_phrase: text('pass_phrase'),
      additional_user_agent: values.get('additional_user_agent') ?? '',
    }
  })
}

export function profilesOf({ profiles }: ParsedConfigFile): unknown[] {
  return profiles.map((profile) => ({
    auth_profile: profile.auth_profile,
    ...Object.fromEntries(TEXT_FIELDS.map((field) => [field, profile[field]])),
    key_file: profile.key_file,
    security_token_file: profile.security_token_file,
    key_content: profile.key_content?.reveal() ?? null,
    pass_phrase: profile.pass_phrase?.reveal() ?? null,
    additional_user_agent: profile.additional_user_agent,
  }))
}

function expanded(path: string): string {
  return path === '~' || path.startsWith('~/') ? HOME + path.slice(1) : path
}

const CODE_BY_REASON: Record<string, string[]> = {
  DuplicateOptionError: ['DUPLICATE_KEY'],
  DuplicateSectionError: ['DUPLICATE_SECTION'],
  MissingSectionHeaderError: ['TEXT_BEFORE_SECTION', 'BYTE_ORDER_MARK'],
  ParsingError: ['STRAY_LINE'],
  UnicodeDecodeError: ['NOT_UTF8'],
}

/** Errors exactly when Python refuses, and among them the fault that Python names. */
export function expectSameVerdict(
  { accepted, reason, line }: PythonAnswer,
  { diagnostics }: Pick<ParsedConfigFile, 'diagnostics'>,
): void {
  const errors = diagnostics.filter(({ severity }) => severity === 'error')
  if (accepted) return expect(errors).toEqual([])
  expect(errors).not.toEqual([])
  // Behind a stray line Python takes the indentation, and the lack of a key, for something that the next lines feel.
  if (errors.some(({ code, line: at }) => code === 'STRAY_LINE' && at! < (line ?? 0))) return
  const same = errors.filter(({ code }) => CODE_BY_REASON[reason!]!.includes(code))
  expect(same, `${reason} of Python`).not.toEqual([])
  if (line != null) expect(same.map((error) => error.line)).toContain(line)
}
