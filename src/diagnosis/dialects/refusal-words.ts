/** Why a tool refuses a file or a section. */
import type { RefusalReason } from './reading.ts'
import type { Words } from './told.ts'

/** Lines that end with CR LF get an empty line below them, which does no harm. */
export const CONVERT_LINE_ENDS = String.raw`Save the file with line ends of LF; what does it: tr '\r' '\n' < FILE > NEW`

export const REFUSAL_WORDS: Record<RefusalReason, Words> = {
  text_before_section: wholeFile(
    'text before the first section',
    (lines) => `Put a section header such as [DEFAULT] above ${lines}.`,
  ),
  bare_line: wholeFile(
    'a line that is no key=value',
    (lines) => `Write ${lines} as key=value, or put # in front of it.`,
  ),
  semicolon: wholeFile(
    'a comment that starts with ";"',
    (lines) => `Start the comment on ${lines} with # in place of ;`,
  ),
  colon: wholeFile('a ":" in place of "="', (lines) => `Write = in place of : on ${lines}.`),
  text_behind_header: wholeFile(
    'text behind a section header',
    (lines) =>
      `Put what stands behind the header on ${lines} on a line of its own, with # in front.`,
  ),
  continued_value: wholeFile(
    'a value that goes on over several lines',
    (lines) => `Write the value that goes on on ${lines} on one line, or remove it.`,
  ),
  no_key: wholeFile(
    'no key before the "="',
    (lines) => `Write a key in front of the = on ${lines}, or remove the line.`,
  ),
  no_name: wholeFile(
    'a section without a name',
    (lines) => `Give the section on ${lines} a name, put # in front, or remove it.`,
  ),
  byte_order_mark: wholeFile('a byte order mark', () => 'Save the file as UTF-8 without BOM.'),
  carriage_return: wholeFile('an end of a line that is CR alone', () => CONVERT_LINE_ENDS),
  not_utf8: wholeFile('bytes that are not UTF-8', () => 'Save the file as UTF-8.'),
  section_twice: wholeFile(
    'a section that occurs twice',
    (lines) => `Join the two sections, or rename the one on ${lines}.`,
  ),
  key_twice: wholeFile(
    'a key that occurs twice in its section',
    (lines) => `Remove ${lines}, or the line with the same key above.`,
  ),
  section_not_found: {
    say: ({ does }, { section, at }) => `${does} not find ${section}${at}`,
    mend: ({ section, lines }) =>
      `Write the header ${section} on ${lines} without white space or anything else before, in or behind it.`,
  },
  key_content: {
    say: ({ s }, { section, at }) => `refuse${s} ${section}: no key_content in a file${at}`,
    mend: ({ lines }) =>
      `Remove key_content (${lines}); put the key into a file of its own and name that in key_file.`,
  },
  log_requests: {
    say: ({ s }, { section, at }) =>
      `refuse${s} ${section}: log_requests is neither a yes nor a no${at}`,
    mend: ({ lines }) => `Write log_requests = false, or remove ${lines}.`,
  },
}

function wholeFile(why: string, mend: (lines: string) => string): Words {
  return {
    say: ({ s }, { lines }) => `refuse${s} the whole file at ${lines}: ${why}`,
    mend: ({ lines }) => mend(lines),
  }
}
