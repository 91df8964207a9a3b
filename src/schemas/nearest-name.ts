/** The known name that a mistyped one most likely meant. */

/** The nearest of `known` by edit distance, or `null` when none is near enough to be meant. */
export function nearestName(typed: string, known: readonly string[]): string | null {
  const best = findBest(typed, known)
  if (best === null) return null
  return best.distance <= Math.max(1, Math.floor(best.name.length / 3)) ? best.name : null
}

/** The same, however far it is; `null` when nothing is known. */
export function leastFarName(typed: string, known: readonly string[]): string | null {
  return findBest(typed, known)?.name ?? null
}

interface Best {
  name: string
  distance: number
}

function findBest(typed: string, known: readonly string[]): Best | null {
  const wanted = typed.toLowerCase().replaceAll('-', '_').slice(0, 64)
  let best: Best | null = null
  for (const name of known) {
    const distance = editDistance(wanted, name.toLowerCase())
    if (best === null || distance < best.distance) best = { name, distance }
  }
  return best
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, substitution)
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) row[j] = Math.min(row[j]!, beforeLast[j - 2]! + 1)
    }
    beforeLast = last
    last = row
  }
  return last[b.length]!
}
