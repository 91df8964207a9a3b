/**
 * The parts of docs/cli.md that the program itself knows: synopsis, options, examples, exit codes. They stand between
 * `<!-- generated: NAME -->` and `<!-- end -->`; what is around them is written by hand. `node scripts/cli-page.ts`
 * writes them anew; a test holds the page against them.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  ABOUT_ARGUMENT,
  COMMANDS,
  type CommandEntry,
  type Example,
} from '../src/cli/commands/index.ts'
import { FLAGS, type FlagName } from '../src/cli/flags.ts'
import { USUAL_EXITS } from '../src/cli/help-text.ts'

const PAGE = join(import.meta.dirname, '../docs/cli.md')
const WIDTH = 100
const PROGRAM = 'oci-profiles'
const START = (name: string) => `<!-- generated: ${name} -->`
const END = '<!-- end -->'

interface Variable {
  names: readonly string[]
  heeds: (entry: CommandEntry) => boolean
  meaning: string
}

const OVERRIDES = ['USER', 'TENANCY', 'REGION', 'FINGERPRINT', 'KEY_FILE', 'KEY_CONTENT']
  .concat('PASSPHRASE', 'SECURITY_TOKEN_FILE', 'AUTH')
  .map((field) => `OCI_CLI_${field}`)

const commands = Object.entries<CommandEntry>(COMMANDS)
const commonFlags = (Object.keys(FLAGS) as FlagName[]).filter((flag) => FLAGS[flag].isGlobal)

/** What the command line heeds of the environment; the settings of the service have a page of their own. */
export const VARIABLES: readonly Variable[] = [
  {
    names: ['OCI_CLI_CONFIG_FILE', 'OCI_CONFIG_FILE'],
    heeds: ({ flags }) => flags.includes('configFile'),
    meaning: 'the config file where `--config-file` does not name it; the first one counts',
  },
  {
    names: ['OCI_CLI_PROFILE'],
    heeds: ({ argument, flags }) => argument === '[NAME]' && flags.includes('profile'),
    meaning: 'the profile where none is named; commands on many profiles leave it alone',
  },
  {
    names: ['HOME'],
    heeds: ({ flags }) => flags.includes('configFile'),
    meaning: 'folder that `~` stands for',
  },
  {
    names: OVERRIDES,
    heeds: ({ flags }) => flags.includes('configFile'),
    meaning: 'take the place of what the file says about `DEFAULT`',
  },
  {
    names: ['OCI_PROFILES_CHECK_CONCURRENCY'],
    heeds: ({ flags }) => flags.includes('configFile'),
    meaning: 'how many profiles are checked at once, 32 unless told',
  },
  {
    names: ['OCI_PROFILES_ENDPOINT_URL'],
    heeds: ({ flags }) => flags.includes('configFile'),
    meaning: 'calls go there instead of to OCI; see [`emulator`](#emulator)',
  },
  {
    names: ['HTTPS_PROXY', 'NO_PROXY', 'OCI_CLI_CERT_BUNDLE'],
    heeds: ({ flags }) => flags.includes('configFile'),
    meaning: 'proxy, hosts that are reached without it, further certificates to trust',
  },
  {
    names: ['NO_COLOR'],
    heeds: () => true,
    meaning: 'no colours, whatever else is said about them',
  },
  {
    names: ['FORCE_COLOR'],
    heeds: () => true,
    meaning: 'colours even where there is no terminal (`| less -R`); `0` or `false`: none',
  },
  {
    names: ['TERM'],
    heeds: () => true,
    meaning: '`dumb`: no colours, and no line that is written twice',
  },
  {
    names: ['COLUMNS'],
    heeds: () => true,
    meaning: 'width of a terminal that does not know its own',
  },
]

/** By the name in their marks; those of commands have the command's. */
export function generatedBlocks(): Map<string, string> {
  return new Map([
    ['commands', commandTable()],
    ['exit-codes', exitTable(USUAL_EXITS)],
    ['options', optionTable()],
    ['environment', environmentTable()],
    ...commands.map(([name, entry]): [string, string] => [name, commandBlock(name, entry)]),
  ])
}

/** The page with its generated parts as they should be. A command that the page does not know gets a part of its own. */
export function fillPage(page: string): string {
  let filled = page
  for (const [name, block] of generatedBlocks()) {
    const marked = `${START(name)}\n\n${block}\n\n${END}`
    const at = filled.indexOf(START(name))
    if (at === -1) {
      filled = addBlock(filled, name, marked)
      continue
    }
    const end = filled.indexOf(END, at)
    if (end === -1) throw new Error(`${START(name)} has no ${END}`)
    filled = filled.slice(0, at) + marked + filled.slice(end + END.length)
  }
  return filled
}

/** Below its heading; at the end of the page, with a heading, where there is none. */
function addBlock(page: string, name: string, marked: string): string {
  const heading = `\n## ${name}\n`
  if (page.includes(heading)) return page.replace(heading, () => `${heading}\n${marked}\n`)
  return `${page.trimEnd()}\n${heading}\n${marked}\n`
}

function commandTable(): string {
  const rows = commands.map(([name, { summary }]) => [`[\`${name}\`](#${name})`, summary])
  return table(['command', 'what it does'], rows)
}

function optionTable(): string {
  const rows = commonFlags.map((flag) => [code(FLAGS[flag].usage), takersOf(flag), about(flag)])
  return table(['option', 'commands', 'meaning'], rows)
}

function exitTable(exits: readonly { code: number; when: string }[]): string {
  const rows = exits.map((exit) => [String(exit.code), exit.when])
  return table(['exit code', 'meaning'], rows)
}

function environmentTable(): string {
  const rows = VARIABLES.map(({ names, heeds, meaning }) => {
    return [names.map(code).join(' '), list(commands.filter(([, entry]) => heeds(entry))), meaning]
  })
  return table(['variable', 'commands', 'meaning'], rows)
}

function commandBlock(name: string, entry: CommandEntry): string {
  const own = entry.flags.filter((flag) => !FLAGS[flag].isGlobal)
  const common = entry.flags.filter((flag) => FLAGS[flag].isGlobal)
  const { argument, examples, exits } = entry
  const rows = [
    ...(argument ? [[code(argument.replaceAll(/[[\]]/g, '')), ABOUT_ARGUMENT[argument]]] : []),
    ...own.map((flag) => [code(FLAGS[flag].usage), about(flag)]),
  ]
  const others = common.map((flag) => code(FLAGS[flag].usage.split(' ')[0] ?? '')).join(', ')
  return [
    synopsis(name, entry, own),
    `${sentence(entry.summary)}${entry.details ? ` ${entry.details}` : ''}`,
    ...(rows.length > 0 ? [table(['argument or option', 'meaning'], rows)] : []),
    `Also [common options](#options): ${others}.`,
    exampleBlock(examples),
    ...(exits ? [exitTable(exits)] : []),
  ].join('\n\n')
}

/** Lines are broken between options. */
function synopsis(name: string, entry: CommandEntry, own: readonly FlagName[]): string {
  const options = own.map((flag) => `[${FLAGS[flag].usage}]`)
  const pattern = entry.usage ?? [entry.argument, '[options]'].filter(Boolean).join(' ')
  const parts = pattern.split(' ').flatMap((part) => (part === '[options]' ? options : [part]))
  const indent = ' '.repeat(4)
  const hanging = ' '.repeat(`${indent}${PROGRAM} ${name} `.length)
  let line = `${indent}${PROGRAM} ${name}`
  const lines: string[] = []
  for (const part of parts) {
    if (`${line} ${part}`.length > WIDTH) {
      lines.push(line)
      line = hanging + part
    } else line += ` ${part}`
  }
  return [...lines, line].join('\n')
}

function exampleBlock(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(({ line }) => line.length))
  const lines = examples.map(({ line, about: text }) => {
    return `    ${PROGRAM} ${line.padEnd(width)}  # ${text}`
  })
  return lines.join('\n')
}

function about(flag: FlagName): string {
  const { help, choices, default: usual } = FLAGS[flag]
  if (!choices) return help
  const values = choices.map((choice) => `${code(choice)}${choice === usual ? ' (default)' : ''}`)
  return `${help}: ${values.join(', ')}`
}

function takersOf(flag: FlagName): string {
  return list(commands.filter(([, { flags }]) => flags.includes(flag)))
}

function list(takers: typeof commands): string {
  return takers.length === commands.length ? 'all' : takers.map(([name]) => name).join(', ')
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |`
  return [line(heading), `|${heading.map(() => '---|').join('')}`, ...rows.map(line)].join('\n')
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|')
}

function code(text: string): string {
  return `\`${text}\``
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

if (import.meta.main) {
  const page = readFileSync(PAGE, 'utf8')
  const filled = fillPage(page)
  if (filled !== page) writeFileSync(PAGE, filled)
  console.log(filled === page ? 'docs/cli.md is as it should be' : 'docs/cli.md was written anew')
}
