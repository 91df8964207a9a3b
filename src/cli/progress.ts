/** One line on a terminal's stderr that says how far the work is, and wipes itself. Uses no escape sequence. */
import type { Io } from './io.ts'

export interface Progress {
  step(): void
  /** Leaves the line empty. */
  end(): void
}

const SHOWN_AFTER_MS = 1000
/** Of what the terminal itself adds to the line for Ctrl-C. */
const ECHO_WIDTH = '^C'.length
const SILENT: Progress = { step() {}, end() {} }

/** Ends by itself when the program is asked to stop. */
export function startProgress(
  { stderr, signal }: Pick<Io, 'stderr' | 'signal'>,
  total: number,
): Progress {
  if (!stderr.isTTY) return SILENT
  let done = 0
  let shown = ''
  const draw = (text: string) => {
    stderr.write(`\r${' '.repeat(shown.length + ECHO_WIDTH)}\r${text}`)
    shown = text
  }
  const tell = () => draw(`checking: ${done} of ${total} done`)
  const timer = setTimeout(tell, SHOWN_AFTER_MS)
  const end = () => {
    clearTimeout(timer)
    signal.removeEventListener('abort', end)
    if (shown !== '') draw('')
  }
  signal.addEventListener('abort', end)
  return {
    step() {
      done += 1
      if (shown !== '') tell()
    },
    end,
  }
}
