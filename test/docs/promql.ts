/** What an expression of PromQL speaks of: as much of the language as dashboards and alerts need. */

export interface Expression {
  /** Metrics, each with the labels that are asked of it in braces. */
  metrics: { name: string; labels: string[] }[]
  /** Labels that something is grouped or joined by. */
  grouping: string[]
}

const WORDS = new Set(['or', 'and', 'unless', 'bool', 'offset'])
const GROUPING = /\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^()]*)\)/g
const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/

/** Throws for brackets and quotes that do not match. */
export function readExpression(text: string): Expression {
  const plain = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, '""')
  requireBalance(plain, text)
  const grouping = [...plain.matchAll(GROUPING)].flatMap(([, labels = '']) => splitNames(labels))
  // Ranges such as [5m] or [$__rate_interval] hold no metric.
  const rest = plain.replaceAll(GROUPING, ' ').replaceAll(/\[[^\]]*\]/g, ' ')
  const metrics: Expression['metrics'] = []
  const pattern = new RegExp(`(${NAME.source})\\s*(\\{[^}]*\\}|\\()?`, 'g')
  for (const [, name = '', behind = ''] of rest.matchAll(pattern)) {
    if (behind === '(' || WORDS.has(name)) continue
    const labels = [...behind.matchAll(/(\w+)\s*(?:=~|!~|!=|=)/g)].map(([, label = '']) => label)
    metrics.push({ name, labels })
  }
  return { metrics, grouping }
}

function splitNames(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function requireBalance(plain: string, text: string): void {
  const open: string[] = []
  const pairs: Record<string, string> = { ')': '(', ']': '[', '}': '{' }
  for (const char of plain.replaceAll('""', '')) {
    if ('([{'.includes(char)) open.push(char)
    else if (char in pairs && open.pop() !== pairs[char]) throw new Error(`unbalanced: ${text}`)
    else if (char === '"') throw new Error(`open quote: ${text}`)
  }
  if (open.length > 0) throw new Error(`unbalanced: ${text}`)
}
