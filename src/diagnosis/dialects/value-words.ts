/** Values that a tool does not have as they are written, or cannot use. */
import type { ValueKind } from './difference.ts'
import { CONVERT_LINE_ENDS } from './refusal-words.ts'
import type { Words } from './told.ts'

const NO_SPACE = 'Write keys and section headers without white space in front.'

export const VALUE_WORDS: Record<ValueKind, Words> = {
  not_inherited: {
    say: ({ s, it, does }, { keys, at }) =>
      `drop${s} ${keys}: ${it} ${does} not inherit from DEFAULT${at}`,
    mend: ({ keys, section }) => `Repeat ${keys} in ${section}.`,
  },
  cut: {
    say: ({ s }, { keys, at }) => `cut${s} ${keys} short at the "=" in the value${at}`,
    mend: ({ keys }) => withoutCharacter(keys, '"="'),
  },
  colon_in_section: {
    say: ({ does, it, s }, { keys, at }) =>
      `${does} not see ${keys}: ${it} take${s} no ":" in place of "="${at}`,
    mend: ({ lines }) => `Write = in place of : on ${lines}.`,
  },
  key_case: {
    say: ({ does, it, s }, { keys, at }) =>
      `${does} not see ${keys}: ${it} take${s} keys in lower case only${at}`,
    mend: ({ keys, lines }) => `Write ${keys} in lower case on ${lines}.`,
  },
  second_section: {
    say: ({ s }, { section, keys, at }) =>
      `read${s} only the first ${section} of the file, without ${keys}${at}`,
    mend: ({ section }) => `Join the sections that are called ${section}.`,
  },
  first_line_only: {
    say: ({ s }, { keys, at }) => `read${s} only the first line of ${keys}${at}`,
    mend: ({ keys }) => `Write ${keys} on one line.`,
  },
  other_line: {
    say: ({ s }, { keys, lines }) => `take${s} ${keys} from ${lines}`,
    mend: () => NO_SPACE,
  },
  other_value: {
    say: ({ s }, { keys, at }) => `read${s} ${keys} otherwise${at}`,
    mend: ({ lines }) => `Type ${lines} anew: there is unusual white space in it.`,
  },
  not_seen: {
    say: ({ does }, { keys, at }) => `${does} not see ${keys}${at}`,
    mend: () => NO_SPACE,
  },
  alias: {
    say: ({ s }, { keys, at }) => `read${s} ${keys}${at} as pass_phrase, as no other tool does`,
    mend: ({ lines }) => `Write pass_phrase on ${lines}: all tools read it.`,
  },
  key_content_unread: {
    say: ({ s }, { keys, at }) => `take${s} no key from ${keys}${at}`,
    mend: () => 'Put the key into a file of its own, chmod 600, and name it in key_file.',
  },
  fingerprint_case: {
    say: ({ s }, { keys, at }) => `refuse${s} a ${keys} in upper case${at}`,
    mend: ({ keys }) => `Write ${keys} in lower case.`,
  },
  short_code: {
    say: ({ does }, { keys, at }) => `${does} not know a ${keys} by its short code${at}`,
    mend: ({ keys, about }) => `Write ${keys} = ${about}`,
  },
  token_padded: {
    say: ({ s }, { about }) =>
      `take${s} the white space around the token in ${about} for a part of it`,
    mend: () => 'Write the token file anew, without a line break at its end.',
  },
  token_marked: {
    say: ({ s }, { about }) =>
      `take${s} the byte order mark before the token in ${about} for a part of it`,
    mend: () => 'Write the token file anew, as UTF-8 without BOM.',
  },
  key_form: {
    say: ({ does }, { about }) => `${does} not read the key file, which ${about}`,
    mend: () => 'Copy the key again as it was made.',
  },
  percent: {
    say: ({ s, it }, { keys, at }) =>
      `stop${s} at the "%" in ${keys || 'a value'}${at} when ${it} export${s} the session`,
    mend: ({ keys }) => withoutCharacter(keys, '"%"'),
  },
  percent_changed: {
    say: ({ s, it }, { keys, at }) =>
      `change${s} the "%" in ${keys || 'a value'}${at} when ${it} export${s} the session`,
    mend: ({ keys }) => withoutCharacter(keys, '"%"'),
  },
  default_twice: {
    say: ({ s, it }, { lines }) =>
      `refuse${s} the whole file at ${lines}, a second [DEFAULT], when ${it} begin${s} or end${s} a session`,
    mend: () => 'Join the sections that are called [DEFAULT].',
  },
  default_case: {
    say: ({ does, it, s }, { section, at }) =>
      `${does} not take ${section} for DEFAULT${at}: ${it} take${s} names of sections to the letter`,
    mend: ({ section, lines }) =>
      `Write [DEFAULT] in place of ${section} on ${lines}; other sections then inherit from it.`,
  },
  line_end: {
    say: ({ does, it, s }, { section, keys, at }) =>
      `${does} not see ${keys || section}${at}: ${it} take${s} no CR alone for the end of a line`,
    mend: () => CONVERT_LINE_ENDS,
  },
}

/** No way of writing it suits all tools: the value itself has to go. */
function withoutCharacter(keys: string, character: string): string {
  return keys === 'pass_phrase'
    ? `Give the key a pass phrase without ${character}: openssl pkcs8 -topk8 -v2 aes-256-cbc -in KEY -out NEW`
    : `Choose a value without ${character}${keys && ` for ${keys}`}.`
}
