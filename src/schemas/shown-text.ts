/**
 * Values as they may be shown. People paste keys and tokens into fields that are no secrets, and in a config file an
 * indented line goes on with the value above it, so that what follows may be a pass phrase or a piece of a key. Pure.
 */

/** On a line below the first: a sensitive field with its value, in any spelling of the tools, or text in Base64. */
const SECRET_LINE =
  /^\s*(?:fingerprint|key[_-]?(?:content|file)|private[_-]?key\w*|pass[_-]?\w*|\w{0,40}token\w{0,40})\s*[=:]|^\s*(?:eyJ|[\w+/=-]{40,}\s*$)/i

/** Anywhere: a text in PEM, also in Base64 once more; the start of a key in DER in Base64; a JSON Web Token. */
const SECRET_START = /-----BEGIN|LS0tLS1CRUdJTi|MII[A-Za-z0-9+/]{60}|(?:ST\$|(?<!\w))eyJ[\w-]{12}/

/** A word long enough to be a piece of a key, behind the name of a field or alone. */
const LONG_WORD = /[^\s"']{40,}/g
const NAME_BEFORE = /^[\w-]{1,40}=/
/** OCIDs have dots, and paths have them or start with a slash. */
const BASE64 = /^[A-Za-z0-9+][\w+/=-]{39,}$/

/** For messages. The value itself where it is one line without a secret; else what stands before that, and `…`. */
export function firstLine(value: string): string {
  const [line = ''] = value.split(/[\r\n]/, 1)
  const shown = withoutSecrets(line)
  return line === value || shown !== line ? shown : `${line}…`
}

/** For objects that give values as they are. Whole, unless something in it looks like a secret: up to there, and `…`. */
export function withoutSecrets(value: string): string {
  const start = Math.min(lineOfSecret(value), secretWithin(value))
  return start === Number.POSITIVE_INFINITY ? value : `${value.slice(0, start).trimEnd()}…`
}

/** Position of the end of the line above. */
function lineOfSecret(value: string): number {
  let end = value.search(/[\r\n]/)
  while (end !== -1) {
    const start = end + 1
    const next = value.slice(start).search(/[\r\n]/)
    const line = next === -1 ? value.slice(start) : value.slice(start, start + next)
    if (SECRET_LINE.test(line)) return end
    end = next === -1 ? -1 : start + next
  }
  return Number.POSITIVE_INFINITY
}

function secretWithin(value: string): number {
  const starts = [SECRET_START.exec(value)?.index, startOfPiece(value)]
  return Math.min(...starts.map((start) => start ?? Number.POSITIVE_INFINITY))
}

function startOfPiece(value: string): number | undefined {
  for (const { 0: word, index } of value.matchAll(LONG_WORD)) {
    const name = NAME_BEFORE.exec(word)?.[0] ?? ''
    const piece = word.slice(name.length)
    if (BASE64.test(piece) && isMixed(piece)) return index + name.length
  }
  return undefined
}

/** As Base64 is at this length, and names, which may be as long, seldom are. */
function isMixed(word: string): boolean {
  return [/[A-Z]/, /[a-z]/, /\d/].every((kind) => kind.test(word))
}
