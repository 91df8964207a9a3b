/** Text that stands where a path should: a key or a token that was pasted, lines that ran together. Never shows it. Pure. */

export interface NoPath {
  kind: 'key' | 'token' | 'lines' | 'other'
  /** Goes on after the name of the field: "holds a private key, not the path of one". */
  what: string
}

/** In bytes, where systems stop. */
const LONGEST_PATH = 4095
const LONGEST_NAME = 255

const RULES: readonly (readonly [isSo: (text: string) => boolean, found: NoPath])[] = [
  [
    (text) => /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/.test(text),
    { kind: 'key', what: 'holds a private key, not the path of one' },
  ],
  // The lines of a PEM file without their frame, or all of the file in Base64 once more: pipelines keep keys so.
  [
    (text) => /^\s*["']?(?:MII[A-Za-z0-9+/]{60}|LS0tLS1CRUdJTi)/.test(text),
    { kind: 'other', what: 'holds a key in Base64, not the path of one' },
  ],
  [
    (text) => text.includes('-----BEGIN'),
    { kind: 'other', what: 'holds a text in PEM, not the path of a file' },
  ],
  // A JSON Web Token, also behind the mark that OCI puts before one.
  [
    (text) => /^\s*["']?(?:ST\$)?eyJ[A-Za-z0-9_-]{12}/.test(text),
    { kind: 'token', what: 'holds a token, not the path of one' },
  ],
  [
    (text) => /[\r\n]/.test(text),
    { kind: 'lines', what: 'goes on over several lines, which no path does' },
  ],
  [isTooLong, { kind: 'other', what: 'holds a text that is longer than any path' }],
]

/** `null` for what may be a path. */
export function findNoPath(text: string): NoPath | null {
  return RULES.find(([isSo]) => isSo(text))?.[1] ?? null
}

function isTooLong(text: string): boolean {
  const isLonger = (part: string, most: number) => Buffer.byteLength(part) > most
  return (
    isLonger(text, LONGEST_PATH) || text.split('/').some((name) => isLonger(name, LONGEST_NAME))
  )
}
