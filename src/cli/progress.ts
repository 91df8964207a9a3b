/** One line on a terminal's stderr that says how far the work is, and wipes itself. Uses no escape sequence. */
import type { Output } from './io.ts'

export interface Progress {
  step(): void
  /** Leaves the line empty. */
  end(): void
}

const SHOWN_AFTER_MS = 1000
const SILENT: Progress = { step() {}, end() {} }

export function startProgress(stderr: Output, total: number): Progress {
  if (!stderr.isTTY) return SILENT
  let done = 0
  let shown = ''
  const draw = (text: string) => {
    stderr.write(`\r${' '.repeat(shown.length)}\r${text}`)
    shown = text
  }
  const tell = () => draw(`checking: ${done} of ${total} done`)
  const timer = setTimeout(tell, SHOWN_AFTER_MS)
  return {
    step() {
      done += 1
      if (shown !== '') tell()
    },
    end() {
      clearTimeout(timer)
      if (shown !== '') draw('')
    },
  }
}
