/** Names of profiles: unique and looked up by Unicode case folding, kept as they were written. */

// oxlint-disable-next-line no-control-regex
const ASCII = /^[\u0000-\u007f]*$/

/**
 * The key under which a name is looked up: equal for names that Unicode's full case folding holds equal.
 * Lower, upper, lower again, character by character, is that folding for all of Unicode but the dotless i.
 */
export function foldName(name: string): string {
  if (ASCII.test(name)) return name.toLowerCase()
  let folded = ''
  for (const char of name) {
    folded += char === 'ı' ? char : char.toLowerCase().toUpperCase().toLowerCase()
  }
  return folded
}

/** Names that POST takes: safe in a path, a file name and a shell. */
const CREATABLE_NAME = /^[A-Za-z0-9._@-]{1,128}$/

export function isCreatableName(name: string): boolean {
  return CREATABLE_NAME.test(name) && name !== '.' && name !== '..'
}
