/** Columns that text takes on a terminal, and text made to fit a number of them. */

// oxlint-disable-next-line no-control-regex
const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/
const NO_COLUMN = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const TWO_COLUMNS =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u

export function textWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

function characterWidth(character: string): number {
  if (NO_COLUMN.test(character)) return 0
  return TWO_COLUMNS.test(character) ? 2 : 1
}

export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** The text, or as much of its beginning and end as fits around an ellipsis: paths and OCIDs are told apart by their ends. */
export function cutText(text: string, width: number): string {
  if (textWidth(text) <= width) return text
  const characters = [...text]
  const start = takeCharacters(characters, Math.ceil((width - 1) / 2))
  const end = takeCharacters(characters.toReversed(), Math.floor((width - 1) / 2))
  return [...start, '…', ...end.toReversed()].join('')
}

/** As many of the first characters as fit. */
function takeCharacters(characters: readonly string[], width: number): string[] {
  let left = width
  const end = characters.findIndex((character) => (left -= characterWidth(character)) < 0)
  return characters.slice(0, end)
}

/** Lines of at most `width` columns, broken at spaces; a longer word stays whole, so that it can be copied. */
export function wrapText(text: string, width: number, firstWidth: number = width): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    const limit = lines.length === 0 ? firstWidth : width
    if (line !== '' && textWidth(longer) > limit) {
      lines.push(line)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, line]
}
