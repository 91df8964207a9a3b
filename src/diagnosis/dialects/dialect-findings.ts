/** Differences → findings: one for each difference, with all tools and all fields that share it. Pure. */
import type { Finding } from '../../schemas/index.ts'
import { oneLine } from '../../check/index.ts'
import type { ToolVerdict } from './dialect-file.ts'
import type { Difference, DifferenceKind } from './difference.ts'
import { fieldOf } from './fields.ts'
import { subjectOf, type Tool } from './tools.ts'
import { tell } from './told.ts'
import { wordsOf } from './words.ts'

interface Shared {
  kind: DifferenceKind
  tools: Tool[]
  differences: Difference[]
}

/** What a finding of the reading says already, to the letter or by a remedy that serves other tools, too. */
type IsCovered = (difference: Difference) => boolean

export function dialectFindings(
  verdicts: readonly ToolVerdict[],
  section: string,
  isCovered: IsCovered,
): Finding[] {
  return shared(verdicts, isCovered).map(({ kind, tools, differences }) => {
    const { isHint, say, mend } = wordsOf(kind)
    const told = tell(differences, section, tools)
    const subject = subjectOf(tools)
    const fix = differences[0]?.fix ?? mend(told)
    return {
      code: 'DIALECT',
      severity: isHint ? 'info' : 'warning',
      field: only(differences.map(({ key }) => fieldOf(key))),
      line: only(differences.map(({ line }) => line)),
      message: oneLine(`${subject.name} ${say(subject, told)}`),
      fix: oneLine(fix),
    }
  })
}

function shared(verdicts: readonly ToolVerdict[], isCovered: IsCovered): Shared[] {
  const byContent = new Map<string, Shared>()
  const kindOf = joinKinds(verdicts)
  for (const { tool, differences } of verdicts) {
    const told = differences.filter((difference) => !isCovered(difference))
    // What has a remedy of its own stands by itself.
    const groups = Map.groupBy(told, (each) => `${kindOf(each)} ${each.fix ?? ''}`)
    for (const ofKind of groups.values()) {
      const kind = kindOf(ofKind[0]!)
      const content = JSON.stringify([kind, placesOf(ofKind)])
      const known = byContent.get(content)
      if (known) known.tools.push(tool)
      else byContent.set(content, { kind, tools: [tool], differences: ofKind })
    }
  }
  return [...byContent.values()]
}

/**
 * Who refuses a section because of a key in it reads no key from it either: that is one difference, not two. And a line has
 * one remedy: where one tool knows no more than that it is no key=value, another may know better.
 */
function joinKinds(verdicts: readonly ToolVerdict[]): (difference: Difference) => DifferenceKind {
  const isUnread = verdicts.some(({ differences }) =>
    differences.some(({ kind }) => kind === 'key_content_unread'),
  )
  const all = verdicts.flatMap(({ differences }) => differences)
  const knownBetter = ({ line: of }: Difference) => {
    const other = all.find(({ kind, lines }) => kind !== 'bare_line' && lines?.includes(of ?? 0))
    return other?.kind ?? 'bare_line'
  }
  return (difference) => {
    const { kind } = difference
    if (kind === 'bare_line') return knownBetter(difference)
    return isUnread && kind === 'key_content' ? 'key_content_unread' : kind
  }
}

function placesOf(differences: readonly Difference[]): string[] {
  return differences.map(({ key, line, lines = [line], more = 0, about }) => {
    return [key, lines, more, about].join('|')
  })
}

/** The one value that all of them have; `null` where they differ. */
function only<T>(values: readonly (T | null)[]): T | null {
  const [first, ...others] = new Set(values)
  return others.length === 0 ? (first ?? null) : null
}
