/**
 * Values as they may be shown. People paste keys and tokens into fields that are no secrets, and in a config file an
 * indented line goes on with the value above it, so that what follows may be a pass phrase or a piece of a key. Pure.
 */

/** The names that tools and people give to secrets. */
const NAMES = String.raw`pass[_-]?(?:phrase|word)|secret|token|private[_-]?key|key[_-]?(?:content|file)|fingerprint`
/** On a line below the first: a sensitive field with its value, or text in Base64. */
const SECRET_LINE = new RegExp(
  String.raw`^.{0,80}?(?:${NAMES})\w{0,40}["']?\s*[=:]|^\s*pass\w{0,20}\s*[=:]|^\s*(?:eyJ|[\w+/=-]{40,}\s*$)`,
  'i',
)

/** Anywhere: a text in PEM, also in Base64 once more; the start of a key in DER in Base64; a JSON Web Token. */
const SECRET_START =
  /-----BEGIN|LS0tLS1CRUdJTi|(?<![\w/])MII[A-Za-z0-9+/]{60}|(?:ST\$|(?<!\w))eyJ[\w-]{12}/
/** Behind a value: a pass phrase with its name. */
const NAMED_SECRET = /\s(?:pass[_-]?(?:phrase|word)|key[_-]?content)\s{0,9}[=:]/i

/** A word long enough to be a piece of a key, behind the name of a field or alone. */
const LONG_WORD = /[A-Za-z0-9+/_=-]{40,}/g
/** A SHA-256 fingerprint, and the last part of an OCID, are as long and no secrets. */
const HARMLESS_BEFORE = /sha-?256:$|\bocid[\w-]{1,20}(?:[.:][\w-]{0,40}){1,6}[.:]$/i
const NAME_BEFORE = /^[\w-]{1,40}=/

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
  const patterns = [SECRET_START, NAMED_SECRET]
  const starts = [...patterns.map((each) => each.exec(value)?.index), startOfPiece(value)]
  return Math.min(...starts.map((start) => start ?? Number.POSITIVE_INFINITY))
}

function startOfPiece(value: string): number | undefined {
  for (const { 0: word, index } of value.matchAll(LONG_WORD)) {
    const name = NAME_BEFORE.exec(word)?.[0] ?? ''
    const before = value.slice(Math.max(0, index - 120), index)
    if (!HARMLESS_BEFORE.test(before) && isMixed(word.slice(name.length)))
      return index + name.length
  }
  return undefined
}

/**
 * As Base64 of random bytes is: capitals, small letters and digits, each often, and one after the other. Names, paths and
 * hex digits, which may be as long, have few capitals, or keep to one kind for a while.
 */
function isMixed(word: string): boolean {
  const kinds = [...word.slice(0, 4096)].map((letter) =>
    KINDS.findIndex((kind) => kind.test(letter)),
  )
  const share = (of: number) => of / kinds.length
  const count = (kind: number) => kinds.filter((each) => each === kind).length
  const changes = kinds.filter((kind, at) => at > 0 && kind !== kinds[at - 1]).length
  const [capitals, small, digits] = [count(0), count(1), count(2)]
  return (
    kinds.length >= 40 &&
    digits > 0 &&
    share(capitals) >= 0.2 &&
    share(small) >= 0.2 &&
    share(changes) >= 0.42
  )
}

const KINDS = [/[A-Z]/, /[a-z]/, /\d/]
