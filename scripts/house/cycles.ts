/** Groups of files that import each other in a circle, types included (Tarjan's strongly connected components). */
import type { ModuleGraph } from './module-graph.ts'

interface Mark {
  index: number
  low: number
  open: boolean
}

/** Each cycle once, its paths sorted; a file that imports itself is one too. */
export function findCycles(graph: ModuleGraph): string[][] {
  const marks = new Map<string, Mark>()
  const stack: string[] = []
  const cycles: string[][] = []

  function visit(path: string): Mark {
    const mark: Mark = { index: marks.size, low: marks.size, open: true }
    marks.set(path, mark)
    stack.push(path)
    for (const next of targets(graph, path)) {
      const known = marks.get(next)
      if (known === undefined) mark.low = Math.min(mark.low, visit(next).low)
      else if (known.open) mark.low = Math.min(mark.low, known.index)
    }
    if (mark.low === mark.index) closeComponent(path)
    return mark
  }

  function closeComponent(first: string): void {
    const members = stack.splice(stack.indexOf(first))
    for (const member of members) {
      const mark = marks.get(member)
      if (mark) mark.open = false
    }
    if (members.length > 1 || targets(graph, first).includes(first)) cycles.push(members.toSorted())
  }

  for (const path of graph.keys()) if (!marks.has(path)) visit(path)
  return cycles
}

function targets(graph: ModuleGraph, path: string): string[] {
  const imports = graph.get(path)?.imports ?? []
  return imports.flatMap((edge) =>
    edge.target !== null && graph.has(edge.target) ? [edge.target] : [],
  )
}
