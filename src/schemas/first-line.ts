/**
 * Values as they may be shown. In a config file an indented line goes on with the value above it, so that what follows the
 * first line may be a pass phrase or a piece of a key. Pure.
 */

/** A sensitive field with its value, in any spelling of the tools; a key in PEM, or a piece of one; a token. */
const SECRET_LINE =
  /^\s*(?:fingerprint|key[_-]?(?:content|file)|private[_-]?key\w*|pass[_-]?\w*|\w*token\w*)\s*[=:]|-----BEGIN|^\s*(?:eyJ|[\w+/=-]{40,}\s*$)/i

/** For messages. The value itself where it is one line; else its first line and `…`. */
export function firstLine(value: string): string {
  const [line = ''] = value.split(/[\r\n]/, 1)
  return line === value ? value : `${line}…`
}

/** For objects that give values as they are. Whole, unless a line below the first looks like a secret: up to that line, and `…`. */
export function withoutSecretLines(value: string): string {
  const lines = value.split(/[\r\n]/)
  const secret = lines.findIndex((line, index) => index > 0 && SECRET_LINE.test(line))
  return secret === -1 ? value : `${lines.slice(0, secret).join('\n')}…`
}
