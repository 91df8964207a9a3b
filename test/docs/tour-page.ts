/** docs/tour.md as data: stories, and the steps of each in the order of the page. Pure. */
import { fencedBlocks, type FencedBlock } from './fenced-blocks.ts'

/** A command and the output that the page shows under it. */
export interface ShownCommand {
  command: string
  output: string
}

export type Step =
  /** `ini`: the first line is a comment with the path of the file that this is. */
  | { kind: 'file'; path: string; text: string }
  /** `diff`: lines of the config file that are changed by hand. */
  | { kind: 'edit'; before: string; after: string }
  /** `console` */
  | { kind: 'commands'; block: FencedBlock; commands: ShownCommand[] }

export interface Story {
  title: string
  steps: Step[]
}

export function readStories(page: string): Story[] {
  const headings = [...page.matchAll(/^## (.+)$/gm)]
  const blocks = fencedBlocks(page)
  return headings.map((heading, index) => {
    const end = headings[index + 1]?.index ?? page.length
    const own = blocks.filter(({ start }) => start > heading.index && start < end)
    return { title: heading[1] ?? '', steps: own.map(toStep) }
  })
}

function toStep(block: FencedBlock): Step {
  const { language, text } = block
  if (language === 'ini') return { kind: 'file', path: pathOf(text), text: `${text}\n` }
  if (language === 'diff') return { kind: 'edit', before: side(text, '+'), after: side(text, '-') }
  if (language === 'console') return { kind: 'commands', block, commands: readCommands(text) }
  throw new Error(`a block of "${language}" is no step: ${text}`)
}

function pathOf(text: string): string {
  const path = /^# ~\/(\S+)$/m.exec(text)?.[1]
  if (path === undefined) throw new Error(`the first line does not name the file: ${text}`)
  return path
}

/** The lines of a diff but those that the other side alone has. */
function side(diff: string, other: '+' | '-'): string {
  const lines = diff.split('\n').filter((line) => !line.startsWith(other))
  return lines.map((line) => `${line.slice(1)}\n`).join('')
}

function readCommands(text: string): ShownCommand[] {
  const parts = text.split(/^\$ /m).slice(1)
  return parts.map((part) => {
    const [command = '', ...lines] = part.split('\n')
    return { command, output: lines.join('\n').replace(/\n$/, '') }
  })
}

export function showCommands(commands: readonly ShownCommand[]): string {
  return commands
    .map(({ command, output }) => (output === '' ? `$ ${command}` : `$ ${command}\n${output}`))
    .join('\n')
}
