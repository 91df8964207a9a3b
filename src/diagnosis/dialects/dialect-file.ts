/** A config file as each tool reads it, against what this package makes of it. Read once; sections are asked for. Pure. */
import { isFingerprint } from '../../check/index.ts'
import type { ConfigText, Section } from '../../config/index.ts'
import { foldName, type AuthType } from '../../schemas/index.ts'
import { compareIdentity } from './compare-identity.ts'
import { compareValues } from './compare-values.ts'
import type { Difference } from './difference.ts'
import { fieldOf } from './fields.ts'
import { linesByAnyNewline } from './numbered-lines.ts'
import { readAsGo } from './read-as-go.ts'
import { readAsJava } from './read-as-java.ts'
import { effectiveValues, readAsPython } from './read-as-python.ts'
import { readAsSessionCommands, type SessionReading } from './read-as-session-commands.ts'
import { readAsTypeScript } from './read-as-typescript.ts'
import type { ReadValue, Refusal, SectionReader } from './reading.ts'
import { TOOLS, type Tool } from './tools.ts'

export interface DialectQuestion {
  section: string
  /** What the profile signs with; `null` for an unknown type, or one that is not from the file. */
  authentication: AuthType | null
  /** Keys that something else than the file sets: no tool is expected to read them here. */
  overridden: ReadonlySet<string>
  /** Without it, nobody misses a pass phrase. */
  isKeyEncrypted: boolean
}

export interface ToolVerdict {
  tool: Tool
  refuses: boolean
  /** Whether it has values of the section, at least once the lines are mended for which it refuses the file. */
  hasValues: boolean
  differences: Difference[]
}

type Values = ReadonlyMap<string, ReadValue>

const DEFAULT_NAME = 'DEFAULT'

interface Asked extends DialectQuestion {
  tool: Tool
  ours: Values
  theirs: Values
  /** They are what the tool would have if it did not refuse the file. */
  isMended: boolean
}

/** The keys of a type of authentication that other tools read, too. */
const KEYS: Partial<Record<AuthType, readonly string[]>> = {
  api_key: ['user', 'tenancy', 'region', 'fingerprint', 'key_file', 'pass_phrase'],
  security_token: [
    ...['tenancy', 'region', 'fingerprint', 'key_file', 'pass_phrase'],
    'security_token_file',
  ],
}

/** Readers of their own: the others have the values that this package has. */
const COMPARED: ReadonlySet<Tool> = new Set<Tool>(['go_sdk', 'typescript_sdk', 'java_sdk'])

export class DialectFile {
  readonly #readers: Record<Tool, SectionReader>
  readonly #readSession: (section: string) => SessionReading
  readonly #sections: ReadonlyMap<string, Section>
  readonly #lines: readonly string[]
  readonly #hasLoneReturns: boolean

  constructor({ text, parsed }: ConfigText) {
    this.#readSession = readAsSessionCommands(parsed)
    this.#readers = {
      go_sdk: readAsGo(text),
      typescript_sdk: readAsTypeScript(text),
      java_sdk: readAsJava(text),
      python_sdk: readAsPython(parsed),
      oci_cli_session: (section) => this.#readSession(section).reading,
    }
    this.#sections = new Map(parsed.sections.map((section) => [section.name, section]))
    this.#hasLoneReturns = /\r(?!\n)/.test(text)
    this.#lines = linesByAnyNewline(text).map((line) => line.text)
  }

  /** The section with what it inherits, as this package has it. */
  read(name: string): { section: Section; values: Values } | null {
    const section = this.#sections.get(name)
    if (section === undefined) return null
    return { section, values: effectiveValues(section, this.#sections.get(DEFAULT_NAME)) }
  }

  /** One for each tool, in their order; none for a section that is not there. */
  verdicts(question: DialectQuestion): ToolVerdict[] {
    const found = this.read(question.section)
    if (found === null) return []
    return TOOLS.map((tool) => {
      const reading = this.#readers[tool](question.section)
      const refuses = reading.refusal !== null
      const theirs = refuses ? reading.mended : reading.values
      const refusals = refuses ? this.#refused(reading, found.section) : []
      if (theirs === undefined) return { tool, refuses, hasValues: false, differences: refusals }
      const asked = { ...question, tool, ours: found.values, theirs, isMended: refuses }
      const differences = [...refusals, ...this.#compare(asked, found.section)]
      return { tool, refuses, hasValues: true, differences }
    })
  }

  #refused({ refusal, line, faults }: Refusal, section: Section): Difference[] {
    if (faults !== undefined) {
      return faults.map(({ refusal: kind, lines, more }) => {
        return { kind, key: null, line: lines[0] ?? null, lines, more }
      })
    }
    const key = refusal === 'key_content' || refusal === 'log_requests' ? refusal : null
    const isCut = this.#hasLoneReturns && this.#lines[section.line - 1] === `[${section.name}]`
    const kind = refusal === 'section_not_found' && isCut ? 'line_end' : refusal
    return [{ kind, key, line: line ?? section.line }]
  }

  #compare(asked: Asked, section: Section): Difference[] {
    const { tool, authentication, theirs } = asked
    if (authentication === null) return []
    const identity = compareIdentity(tool, authentication, theirs)
    if (identity?.kind === 'type_unknown') return [identity]
    const found = [
      this.#defaultCase(section),
      identity,
      ...[keyInFile(asked), fingerprintCase(asked)],
    ]
    return [
      ...found.filter((difference) => difference !== null),
      ...this.#compareValues(asked, section),
      ...this.#sessionCommands(asked),
    ]
  }

  /** This package takes the section for the default one in any case; the others have none then. */
  #defaultCase({ name, line }: Section): Difference | null {
    const isMeant = foldName(name) === foldName(DEFAULT_NAME) && !this.#sections.has(DEFAULT_NAME)
    return isMeant ? { kind: 'default_case', key: null, line } : null
  }

  #compareValues(
    { tool, authentication, overridden, isKeyEncrypted, ours, theirs, isMended }: Asked,
    section: Section,
  ): Difference[] {
    if (authentication === null || !COMPARED.has(tool)) return []
    const keys = (KEYS[authentication] ?? [])
      .filter((key) => !overridden.has(key))
      .filter((key) => isKeyEncrypted || key !== 'pass_phrase')
      // A value of several lines is among the reasons of the refusal.
      .filter((key) => !isMended || !ours.get(key)?.value.includes('\n'))
    return compareValues(keys, {
      ...{ ours, theirs },
      inherits: tool !== 'go_sdk',
      secondSection: tool === 'go_sdk' ? (section.repeatedOn[0] ?? null) : null,
      hasLoneReturns: this.#hasLoneReturns,
      lineText: (line) => this.#lines[line - 1] ?? '',
    })
  }

  /** What befalls a session when it is exported, renewed or ended. */
  #sessionCommands({ tool, authentication, section, ours }: Asked): Difference[] {
    if (tool !== 'oci_cli_session' || authentication !== 'security_token') return []
    const { stopsAt, stopsIn, changes } = this.#readSession(section)
    // A key that no profile has may be a piece of something secret: it is not named.
    const percent = (kind: 'percent' | 'percent_changed') => (key: string) => {
      return { kind, key: fieldOf(key) && key, line: ours.get(key)?.line ?? null }
    }
    const again: Difference[] =
      stopsAt === null ? [] : [{ kind: 'default_twice', key: null, line: stopsAt }]
    return [
      ...again,
      ...stopsIn.map(percent('percent')),
      ...changes.map(percent('percent_changed')),
    ]
  }
}

/** A profile whose key stands in the file itself. */
function keyInFile({ tool, ours, overridden }: Asked): Difference | null {
  const content = ours.get('key_content')
  if (!COMPARED.has(tool) || !content?.value || ours.get('key_file')?.value) return null
  if (overridden.has('key_content') || overridden.has('key_file')) return null
  return { kind: 'key_content_unread', key: 'key_content', line: content.line }
}

function fingerprintCase({ tool, authentication, ours, overridden }: Asked): Difference | null {
  if (tool !== 'python_sdk' || authentication !== 'api_key') return null
  const { value, line } = ours.get('fingerprint') ?? { value: '', line: null }
  if (overridden.has('fingerprint') || !isFingerprint(value)) return null
  return value === value.toLowerCase()
    ? null
    : { kind: 'fingerprint_case', key: 'fingerprint', line }
}
