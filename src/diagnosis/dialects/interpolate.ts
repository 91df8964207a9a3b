/** `%` in values, as Python's `BasicInterpolation` takes it: `%%` is a percent sign, `%(key)s` the value of another key. */

const REFERENCE = /^%\(([^)]+)\)s/
const MAX_DEPTH = 10
/** A file may refer to itself without end; Python would take as long as it says. */
const MAX_STEPS = 1000

class Stop extends Error {}

interface Work {
  values: ReadonlyMap<string, string>
  steps: number
}

/** The value that `values` gives to `key`, or `null` where Python stops with an error. */
export function interpolate(key: string, values: ReadonlyMap<string, string>): string | null {
  const raw = values.get(key) ?? ''
  if (!raw.includes('%')) return raw
  try {
    return expand(raw, { values, steps: 0 }, 1)
  } catch (error) {
    if (error instanceof Stop) return null
    throw error
  }
}

function expand(text: string, work: Work, depth: number): string {
  if (depth > MAX_DEPTH || ++work.steps > MAX_STEPS) throw new Stop()
  let expanded = ''
  let rest = text
  for (;;) {
    const at = rest.indexOf('%')
    if (at === -1) return expanded + rest
    expanded += rest.slice(0, at)
    rest = rest.slice(at)
    if (rest.startsWith('%%')) {
      expanded += '%'
      rest = rest.slice(2)
      continue
    }
    const reference = REFERENCE.exec(rest)
    const value = reference && work.values.get(reference[1]!.toLowerCase())
    if (reference === null || value == null) throw new Stop()
    expanded += value.includes('%') ? expand(value, work, depth + 1) : value
    rest = rest.slice(reference[0].length)
  }
}
