/** Text of files and services, made harmless for a terminal: what would steer it or turn text around is shown as an escape. */

// Controls, line and paragraph separators, marks and overrides of direction, invisible tags and lone halves of characters.
const HARMFUL =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Cs}]|[\u{e0000}-\u{e007f}]/gu

/** One line, without anything that a terminal would obey. */
export function safeText(text: string): string {
  return text.replace(HARMFUL, escapeCharacter)
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`
  return `\\u{${code.toString(16)}}`
}
