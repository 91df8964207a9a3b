/**
 * A value as it may be shown. In a config file an indented line goes on with the value above it, so that what follows the
 * first line may be a pass phrase or a piece of a key. Pure.
 */

/** The value itself where it is one line; else its first line and `…`. */
export function firstLine(value: string): string {
  const [line = ''] = value.split(/[\r\n]/, 1)
  return line === value ? value : `${line}…`
}
