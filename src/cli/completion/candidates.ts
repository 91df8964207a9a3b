/** What may stand at the cursor → words to choose from, or what the shell has to look for itself. */
import { COMMANDS, type CommandEntry } from '../commands/index.ts'
import { SHELLS } from '../completion-scripts/index.ts'
import { FLAGS, type FlagName } from '../flags.ts'
import { foldName } from '../../schemas/index.ts'
import { optionName } from '../option-words.ts'
import type { Line } from './line.ts'

export interface Candidate {
  value: string
  about: string
}

export type Candidates =
  | { kind: 'words'; words: readonly Candidate[] }
  | { kind: 'files' | 'folders' }
  /** A whole command of its own begins behind the `--`. */
  | { kind: 'command' }

/** Names of profiles, when they are needed. */
export type ReadNames = (configFile: string | undefined) => Promise<readonly Candidate[]>

const HELP: Candidate = { value: '--help', about: 'print help' }
const VERSION: Candidate = { value: '--version', about: 'print the version' }
const REST: Candidate = { value: '--', about: 'the command follows' }

export async function findCandidates(line: Line, readNames: ReadNames): Promise<Candidates> {
  const { place } = line
  switch (place.kind) {
    case 'command':
      return words(commands())
    case 'option':
      return words(options(line))
    case 'value':
      return findValues(place, () => readNames(line.configFile))
    case 'argument':
      return words(await findArguments(line, () => readNames(line.configFile)))
    case 'rest':
      return { kind: 'command' }
    default:
      return words([])
  }
}

function words(candidates: readonly Candidate[]): Candidates {
  return { kind: 'words', words: candidates }
}

function commands(): Candidate[] {
  const entries = Object.entries<CommandEntry>(COMMANDS)
  return entries.map(([name, { summary }]) => ({ value: name, about: summary }))
}

/** Those that the command heeds and that are not there yet, its own before those of many commands. */
function options({ command, used }: Line): Candidate[] {
  const all = Object.keys(FLAGS) as FlagName[]
  const entry: CommandEntry | null = command === null ? null : COMMANDS[command]
  const heeded = all.filter((flag) => entry?.flags.includes(flag) ?? FLAGS[flag].isGlobal)
  const free = heeded
    .filter((flag) => !used.has(flag))
    .toSorted((a, b) => Number(FLAGS[a].isGlobal ?? false) - Number(FLAGS[b].isGlobal ?? false))
  const named = free.map((flag) => ({ value: optionName(flag), about: FLAGS[flag].help }))
  return [...restOf(entry), ...named, HELP, ...(entry === null ? [VERSION] : [])]
}

async function findValues(
  { flag, prefix }: { flag: FlagName; prefix: string },
  readNames: () => Promise<readonly Candidate[]>,
): Promise<Candidates> {
  if (flag === 'configFile') return { kind: 'files' }
  if (flag === 'dir') return { kind: 'folders' }
  const choices = FLAGS[flag].choices?.map((value) => ({ value, about: '' })) ?? []
  const values = flag === 'profile' ? await readNames() : choices
  return words(values.map(({ value, about }) => ({ value: prefix + value, about })))
}

async function findArguments(
  { command, names, used }: Line,
  readNames: () => Promise<readonly Candidate[]>,
): Promise<readonly Candidate[]> {
  const entry: CommandEntry | null = command === null ? null : COMMANDS[command]
  switch (entry?.argument) {
    case '[SHELL]':
      return names.length > 0 ? [] : SHELLS.map((value) => ({ value, about: '' }))
    case '[NAME]':
      return names.length > 0 || used.has('profile')
        ? restOf(entry)
        : [...(await readNames()), ...restOf(entry)]
    case '[NAME...]':
      return used.has('profile') ? [] : without(await readNames(), names)
    default:
      return []
  }
}

function restOf(entry: CommandEntry | null): Candidate[] {
  return entry?.takesRest ? [REST] : []
}

function without(candidates: readonly Candidate[], names: readonly string[]): Candidate[] {
  const there = new Set(names.map(foldName))
  return candidates.filter(({ value }) => !there.has(foldName(value)))
}
