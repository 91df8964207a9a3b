/** A fix in words → what of it can be copied, or put into the form. Pure. */

export interface Remedy {
  /** What is copied. */
  text: string
  /** What that is, as the end of "Copy …". */
  what: 'command' | 'line' | 'policy' | 'fix'
  /** The field and the value that the fix proposes for it. */
  proposal: { field: string; value: string } | null
}

const LINE = /\b(?:write|add) ([a-z_]+) = (.+)$/i
/** White space may be part of a path: it ends where the sentence goes on. The values of all other fields have none. */
const PATH = /.+?(?=[;,:] |\.? (?:if|or|on line \d|(?:in)?to (?:section|the|\[))|\. [A-Z]|[;,:.]?$)/
const WORD = /\S+?(?=[;,:.]*(?:\s|$))/
const COMMAND = /\b(?:run|on Linux): (.+)$/i
const POLICY = /policy such as: (.+)$/

export function remedyOf(fix: string): Remedy {
  const [, field, rest] = LINE.exec(fix) ?? []
  const [value] = (field?.endsWith('_file') ? PATH : WORD).exec(rest ?? '') ?? []
  if (field !== undefined && value !== undefined) {
    return { text: `${field} = ${value}`, what: 'line', proposal: { field, value } }
  }
  const [, command] = COMMAND.exec(fix) ?? []
  if (command !== undefined) return { text: command, what: 'command', proposal: null }
  const [, policy] = POLICY.exec(fix) ?? []
  if (policy !== undefined) return { text: policy, what: 'policy', proposal: null }
  return { text: fix, what: 'fix', proposal: null }
}
