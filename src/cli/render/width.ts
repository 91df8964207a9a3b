/** Columns that text takes on a terminal, and text wrapped or padded to a number of them. Shortening is cut.ts's work. */

// oxlint-disable-next-line no-control-regex
const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/
const NO_COLUMN = /^[\p{Mn}\p{Me}\p{Cf}]$/u
const TWO_COLUMNS =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}\p{Emoji_Presentation}]$/u
/** Flags, families, keycaps: several characters, one picture. Made when needed: that takes a millisecond. */
const pictures = () =>
  /^(?:\p{RI}{2}|[0-9#*]\ufe0f?\u20e3|\p{ExtPict}.*(?:\u200d|\ufe0f|\p{EMod}).*)$/su

let segmenter: Intl.Segmenter | undefined
let picture: RegExp | undefined

/** What a reader takes for one character, with its combining marks. */
export function charactersOf(text: string): string[] {
  if (PRINTABLE_ASCII.test(text)) return [...text]
  segmenter ??= new Intl.Segmenter()
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}

export function textWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length
  return charactersOf(text).reduce((sum, character) => sum + characterWidth(character), 0)
}

/** Of what `charactersOf` gives. */
export function characterWidth(character: string): number {
  picture ??= pictures()
  if (picture.test(character)) return 2
  let width = 0
  for (const part of character) width += codePointWidth(part)
  return width
}

function codePointWidth(character: string): number {
  if (NO_COLUMN.test(character)) return 0
  return TWO_COLUMNS.test(character) ? 2 : 1
}

export function widestOf(texts: Iterable<string>): number {
  let width = 0
  for (const text of texts) width = Math.max(width, textWidth(text))
  return width
}

export function padText(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

/** Lines of at most `width` columns, broken at spaces; a longer word stays whole, so that it can be copied. */
export function wrapText(text: string, width: number): string[] {
  return wrapWords(text.split(' '), width)
}

export function wrapWords(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && textWidth(longer) > width) {
      lines.push(line)
      line = word
    } else {
      line = longer
    }
  }
  return [...lines, line]
}
