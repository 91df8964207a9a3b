/** Values as words of a POSIX shell command, for the commands in fixes. */

export function shellWord(value: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(value)) return value
  return `'${value.replaceAll("'", "'\\''")}'`
}

/** A path as one word, which no command takes for an option. */
export function shellPath(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path)
}

/**
 * A command that changes the file in place, and shows it to nobody else on the way. `command` writes the new text to
 * stdout; its argument is the path as one word.
 */
export function rewriteCommand(path: string, command: (path: string) => string): string {
  const [word, copy] = [shellPath(path), shellPath(`${path}.new`)]
  return `(umask 077; ${command(word)} > ${copy}) && mv ${copy} ${word}`
}
