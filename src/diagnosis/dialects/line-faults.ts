/** The lines for which a tool refuses a file, by reason: the first of them by their numbers, the others counted. */
import type { LineFault, RefusalReason } from './reading.ts'

/** As many as a person mends one by one. */
const MOST_LINES = 5

export class LineFaults {
  readonly #byReason = new Map<RefusalReason, LineFault & { lines: number[] }>()

  add(refusal: RefusalReason, line: number): void {
    const fault = this.#byReason.get(refusal) ?? { refusal, lines: [], more: 0 }
    this.#byReason.set(refusal, fault)
    if (fault.lines.length < MOST_LINES) fault.lines.push(line)
    else fault.more += 1
  }

  /** In the order of their first lines. */
  all(): LineFault[] {
    return [...this.#byReason.values()]
  }
}
