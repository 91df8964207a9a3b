/** Characters that must not reach a terminal as they are; formats write them as escapes of their shell. */
import { safeText } from '../render/index.ts'

/** Quoted text may hold these in every shell. */
const HARMLESS = '\t\n'

/**
 * Text as harmless runs and harmful characters in turn: the runs, which may be empty, have the even places. `also`
 * names characters that are to stand alone, too.
 */
export function splitHarmful(text: string, also = ''): string[] {
  const parts: string[] = []
  let run = ''
  for (const character of text) {
    if (!isHarmful(character) && !also.includes(character)) {
      run += character
      continue
    }
    parts.push(run, character)
    run = ''
  }
  return [...parts, run]
}

function isHarmful(character: string): boolean {
  return !HARMLESS.includes(character) && safeText(character) !== character
}
