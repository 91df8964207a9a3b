/** What differs from run to run (folders, keys, times) in the words of a page, and back. Pure. */

export interface PageWord {
  real: string
  page: string
}

/** Measured while the program runs: the page has one value for all of them. */
const MEASURED: readonly (readonly [RegExp, string])[] = [
  [/\b20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, '2026-11-23T08:15:00Z'],
  [/\bafter \d+ ms\b/g, 'after 12 ms'],
  [/\bafter \d\.\d s\b/g, 'after 12 ms'],
  [/\btried for \d+\.\d s\b/g, 'tried for 1.0 s'],
  [/\b1\.\d s\b/g, '1.0 s'],
  [/\b10\.\d s\b/g, '10.0 s'],
  [/\bexpires in \d+ min(?: \d+ s)?/g, 'expires in 3 min 30 s'],
  // A second that was lost while the service was asked.
  [/\b7 min 1[0-4] s (?=behind)/g, '7 min 12 s '],
  [/\b(?:9 min 5\d s|10 min(?: \d s)?) (?=behind|ahead)/g, '10 min '],
  [
    /\b[0-9A-F]{12}(?:-[0-9A-F]{4}){2}-[0-9A-F]{12}(?:\/[0-9A-F]{32}){2}\b/g,
    '5C0312AE-11F1/D1E4640F/A00EB52D',
  ],
  [/("duration_ms":)\d+/g, '$1 12'],
  [/("request_id":)"[^"]+"/g, '$1"0b9f3c51"'],
]

export function toPage(text: string, words: readonly PageWord[]): string {
  let shown = text
  for (const { real, page } of longestFirst(words, 'real')) shown = shown.replaceAll(real, page)
  for (const [pattern, word] of MEASURED) shown = shown.replaceAll(pattern, word)
  return shown
}

export function toReal(text: string, words: readonly PageWord[]): string {
  let real = text
  for (const word of longestFirst(words, 'page')) real = real.replaceAll(word.page, word.real)
  return real
}

/** `/tmp/a/key` before `/tmp/a`. */
function longestFirst(words: readonly PageWord[], side: keyof PageWord): PageWord[] {
  return words.toSorted((a, b) => b[side].length - a[side].length)
}
