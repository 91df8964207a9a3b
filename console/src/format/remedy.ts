/** A fix in words → what of it can be copied, or put into the form. Pure. */

export interface Remedy {
  /** What is copied. */
  text: string
  /** What that is, as the end of "Copy …". */
  what: 'command' | 'line' | 'policy' | 'fix'
  /** The field and the value that the fix proposes for it. */
  proposal: { field: string; value: string } | null
}

const LINE =
  /\b(?:write|add) (\w+) = (.+?)(?=;|\.$|\. [A-Z]|, which| if the | (?:in)?to (?:section|the|\[)| and \w+ = | on line \d|$)/i
const COMMAND = /\b(?:run|on Linux): (.+)$/i
const POLICY = /policy such as: (.+)$/

export function remedyOf(fix: string): Remedy {
  const [, field, value] = LINE.exec(fix) ?? []
  if (field !== undefined && value !== undefined) {
    return { text: `${field} = ${value}`, what: 'line', proposal: { field, value } }
  }
  const [, command] = COMMAND.exec(fix) ?? []
  if (command !== undefined) return { text: command, what: 'command', proposal: null }
  const [, policy] = POLICY.exec(fix) ?? []
  if (policy !== undefined) return { text: policy, what: 'policy', proposal: null }
  return { text: fix, what: 'fix', proposal: null }
}
