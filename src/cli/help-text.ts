/** What help says below the options: examples and exit codes, made to fit. */
import { COMMANDS, type CommandEntry, type Example, type ExitMeaning } from './commands/index.ts'
import { EXIT } from './exit-codes.ts'
import { widestOf, wrapText } from './render/index.ts'

const INDENT = '  '
const GAP = '  '
const NARROWEST_TEXT = 24

/** Of every command that says no more. */
export const USUAL_EXITS: readonly ExitMeaning[] = [
  { code: EXIT.done, when: 'done' },
  { code: EXIT.failed, when: 'a profile is not useable or not there, or the work failed' },
  { code: EXIT.usage, when: 'wrong usage' },
  { code: EXIT.unreadable, when: 'the config file is there but cannot be read' },
  { code: EXIT.interrupted, when: 'interrupted' },
]

/** The first of each command. */
export function mainExamples(): Example[] {
  return Object.values<CommandEntry>(COMMANDS).flatMap(({ examples }) => examples.slice(0, 1))
}

export function examplesText(examples: readonly Example[], width: number): string {
  const calls = examples.map(({ line }) => `oci-profiles ${line}`)
  const callWidth = widestOf(calls)
  const lines = examples.flatMap(({ about }, index) => {
    const call = calls[index] ?? ''
    const beside = `${INDENT}${call.padEnd(callWidth)}${GAP}# ${about}`
    return beside.length <= width ? [beside] : [...wrapComment(about, width), INDENT + call]
  })
  return ['Examples:', ...lines].join('\n')
}

export function exitsText(exits: readonly ExitMeaning[], width: number): string {
  const codeWidth = widestOf(exits.map(({ code }) => String(code)))
  const lines = exits.flatMap(({ code, when }) => {
    const [first = '', ...rest] = wrapText(when, width - INDENT.length - codeWidth - GAP.length)
    const indent = INDENT + ' '.repeat(codeWidth) + GAP
    return [
      `${INDENT}${String(code).padEnd(codeWidth)}${GAP}${first}`,
      ...rest.map((line) => indent + line),
    ]
  })
  return ['Exit codes:', ...lines].join('\n')
}

/** An option or a command with its meaning beside it, or below it where the terminal is narrow. */
export function itemText(term: string, termWidth: number, about: string, width: number): string {
  const beside = INDENT.length + termWidth + GAP.length
  const isNarrow = width - beside < NARROWEST_TEXT
  const indent = isNarrow ? INDENT + INDENT + INDENT : ' '.repeat(beside)
  const [first = '', ...rest] = wrapText(about, width - indent.length)
  const start = INDENT + term.padEnd(termWidth) + GAP + first
  const lines = isNarrow ? [INDENT + term, indent + first] : [start]
  return [...lines, ...rest.map((line) => indent + line)].join('\n')
}

function wrapComment(text: string, width: number): string[] {
  const start = `${INDENT}# `
  return wrapText(text, width - start.length).map((line) => start + line)
}
