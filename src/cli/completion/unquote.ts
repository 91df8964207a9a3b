/** A word as it stands on a line of bash → the text that the command would get. Variables stay as they are. */

/** Quotes may be open still: the word at the cursor is not finished. */
export function unquoteBash(word: string): string {
  const parts = word.matchAll(/'([^']*)'?|"((?:\\[\s\S]|[^"\\])*)"?|\\([\s\S])|([^'"\\]+)/g)
  return Array.from(parts, ([, single, double, escaped, bare]) => {
    if (double !== undefined) return double.replaceAll(/\\([\\"$`\n])/g, '$1')
    return single ?? escaped ?? bare ?? ''
  }).join('')
}
