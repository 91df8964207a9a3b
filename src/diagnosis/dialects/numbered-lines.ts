/** Lines with the numbers that an editor shows, also where a tool takes fewer characters for the end of a line. */

export interface NumberedLine {
  /** Without the characters that end it. */
  text: string
  /** 1-based. */
  number: number
}

/** Lines that end with `\n` alone: a carriage return is part of them. */
export function linesByNewline(text: string): NumberedLine[] {
  const lines: NumberedLine[] = []
  let number = 1
  const parts = text.split('\n')
  for (const [index, part] of parts.entries()) {
    lines.push({ text: part, number })
    const returns = part.includes('\r') ? part.split('\r').length - 1 : 0
    const isPair = part.endsWith('\r') && index < parts.length - 1
    number += 1 + returns - (isPair ? 1 : 0)
  }
  return lines
}

/** Lines that end with `\n`, `\r\n` or `\r`. */
export function linesByAnyNewline(text: string): NumberedLine[] {
  return text.split(/\r\n|\n|\r/).map((line, index) => ({ text: line, number: index + 1 }))
}
