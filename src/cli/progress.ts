/** One line on a terminal's stderr that says how far the work is, and wipes itself. Uses no escape sequence. */
import type { Io } from './io.ts'
import { padText, safeText, textWidth } from './render/index.ts'

export interface Progress {
  /** One of the names is done. */
  step(name: string): void
  /** The line may be there from now on. */
  show(): void
  /** Leaves the line empty, for others to write. */
  hide(): void
  /** Hides it for good. */
  end(): void
}

const SHOWN_AFTER_MS = 1000
const REDRAWN_AFTER_MS = 100
const MOST_NAMES = 3
/** Of what the terminal itself adds to the line for Ctrl-C. */
const ECHO_WIDTH = '^C'.length
const SILENT: Progress = { step() {}, show() {}, hide() {}, end() {} }

/** Comes after a second, if the work takes that long. Ends by itself when the program is asked to stop. */
export function startProgress(
  { stderr, signal, canRewriteLine }: Pick<Io, 'stderr' | 'signal' | 'canRewriteLine'>,
  names: readonly string[],
  doing = 'checking',
): Progress {
  if (!canRewriteLine || signal.aborted) return SILENT
  const waiting = new Set(names)
  let isDue = false
  let isShown = false
  let drawn = 0
  let redrawing: NodeJS.Timeout | undefined
  const wipe = () => {
    if (drawn > 0) stderr.write(`\r${padText('', drawn + ECHO_WIDTH)}\r`)
    drawn = 0
  }
  const redraw = () => {
    redrawing = undefined
    if (!isDue || !isShown) return
    wipe()
    // One column less than there are: a line that reaches the last one would break.
    const text = describe(doing, names.length, waiting, (stderr.columns() ?? 80) - ECHO_WIDTH - 1)
    stderr.write(text)
    drawn = textWidth(text)
  }
  const due = setTimeout(() => {
    isDue = true
    redraw()
  }, SHOWN_AFTER_MS)
  const hide = () => {
    isShown = false
    wipe()
  }
  const end = () => {
    clearTimeout(due)
    clearTimeout(redrawing)
    signal.removeEventListener('abort', end)
    isDue = false
    wipe()
  }
  signal.addEventListener('abort', end)
  return {
    step(name) {
      waiting.delete(name)
      if (drawn > 0) redrawing ??= setTimeout(redraw, REDRAWN_AFTER_MS)
    },
    show() {
      isShown = true
      redraw()
    },
    hide,
    end,
  }
}

/** `checking: 96 of 100 done, waiting for DEV, PROD, TEST and 1 more`, with as many names as fit. */
function describe(
  doing: string,
  total: number,
  waiting: ReadonlySet<string>,
  width: number,
): string {
  const start = `${doing}: ${total - waiting.size} of ${total} done`
  const told: string[] = []
  let text = start.slice(0, Math.max(0, width))
  for (const name of waiting) {
    told.push(safeText(name))
    const others = waiting.size - told.length
    const end = others === 0 ? '' : ` and ${others} more`
    const longer = `${start}, waiting for ${told.join(', ')}${end}`
    if (told.length > MOST_NAMES || textWidth(longer) > width) break
    text = longer
  }
  return text
}
