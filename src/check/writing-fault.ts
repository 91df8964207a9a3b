/** Slips of the pen that any field may show: pasted keys, quotes, comments, placeholders, stray white space. Pure. */
import { withoutSecrets, type OciProfileConfig } from '../schemas/index.ts'
import { indentedKeys, removeSpace } from './indented-keys.ts'

export interface WritingFault {
  /** Goes on after the name of the field: "user " + "is in quotes". */
  what: string
  fix: string
}

interface Slip {
  pattern: Pick<RegExp, 'test'>
  what: string
  /** True when the surprise is that a config file keeps it as part of the value. */
  kept?: boolean
  fix: (field: string) => string
}

const SLIPS: readonly Slip[] = [
  {
    pattern: /[\r\n]/,
    what: 'goes on over several lines',
    fix: (field) =>
      `Write ${field} on one line; a line that starts with white space belongs to the one above it.`,
  },
  {
    pattern: { test: (text) => withoutSecrets(text) !== text },
    what: 'holds what looks like a key or a token',
    fix: (field) =>
      `Take the key or the token from ${field}: a key goes into a file that key_file names, a token into one that security_token_file names.`,
  },
  {
    pattern: /^["'“”‘’`].*["'“”‘’`]$/,
    what: 'is in quotes',
    kept: true,
    fix: (field) => `Remove the quotes around ${field}.`,
  },
  {
    pattern: /<[^>]*>/,
    what: 'is still a placeholder in angle brackets',
    fix: (field) => `Put the real value of ${field} in place of the angle brackets.`,
  },
  {
    pattern: /\s[#;]/,
    what: 'has a comment behind it',
    kept: true,
    fix: (field) => `Put the comment of ${field} on a line of its own, with # in front.`,
  },
  {
    pattern: /^\s|\s$/,
    what: 'has white space around it',
    fix: (field) => `Remove the white space around ${field}.`,
  },
  {
    pattern: /\s/,
    what: 'has white space in it',
    fix: (field) => `Remove the white space from ${field}.`,
  },
  {
    pattern: /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/,
    what: 'holds an invisible character',
    fix: (field) => `Type ${field} anew instead of pasting it.`,
  },
]

/** Of what surprises in a config file alone. */
export const KEPT_WORDS = 'which the config file keeps as part of the value'

// A longer value is wrong in any case, and the patterns must not take long over it.
const MAX_LENGTH = 4096

/** `spaces: true` for values that may hold white space, such as paths. */
export function writingFault(
  profile: OciProfileConfig,
  field: string,
  value: string,
  { spaces = false } = {},
): WritingFault | null {
  const text = value.slice(0, MAX_LENGTH)
  const slip = SLIPS.find(({ pattern, what }) => {
    return pattern.test(text) && !(spaces && what === 'has white space in it')
  })
  if (!slip) return null
  const [key] = indentedKeys(text)
  if (key !== undefined) return { what: slip.what, fix: removeSpace(key, field) }
  const keeps = slip.kept && profile.origin.kind === 'file'
  return {
    what: keeps ? `${slip.what}, ${KEPT_WORDS}` : slip.what,
    fix: slip.fix(field),
  }
}
