/** Config files as nobody writes them: every rule of the dialect at once, and every character that readers disagree on. */
import fc from 'fast-check'

const INDENTS = [
  '',
  '',
  '',
  '',
  ' ',
  '  ',
  '   ',
  '\t',
  '\x1c',
  '\xa0',
  '\u3000',
  '\u2028',
  '\ufeff',
  '\x0b ',
]
const ENDS = [
  '\n',
  '\n',
  '\n',
  '\n',
  '\r\n',
  '\r',
  '\n\n',
  '\n \n',
  '\r\r\n',
  '\u2028',
  '\x85\n',
  '\x1d\n',
]
const BLANKS = ['', '', '', ' ', '\t', '\x1f', '\x85', '\xa0', '\u2003', '\u200b', '\u180e', '\x00']
const KEYS = [
  'user',
  'USER',
  'fingerprint',
  'tenancy',
  'region',
  'key_file',
  'key_content',
  'pass_phrase',
  'security_token_file',
  'genai_region',
  'additional_user_agent',
  'İ',
  'ΑΣ',
  'a b',
  '',
  '[x',
  '__proto__',
]
const NAMES = [
  'A',
  'B',
  'C',
  'a',
  'DEFAULT',
  'default',
  ' A ',
  'a]b',
  'x=y',
  ']',
  '',
  '__proto__',
  'É',
]
const SOUP = [
  ...'aAbB=:=:[][]##;; \t\n\n\r\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2028\u2029\u3000\u200b\u180e\ufeff',
  ...'İıΣσςßẞKé\x00"\'%\\$~/_-.0',
  '𝔘',
  '\r\n',
  '\n  ',
  '\n[A]\n',
  '\nuser=',
]

const piece = fc.string({ unit: fc.constantFrom(...SOUP), maxLength: 8 })
const value = fc.oneof(
  fc.constantFrom('', 'x', '~/k', '~', '~other/k', 'a=b', 'a : b', '"q"', 'v # c', '%(user)s'),
  piece,
)

const option = fc
  .tuple(
    fc.constantFrom(...KEYS),
    fc.constantFrom(...BLANKS),
    fc.constantFrom('=', '=', '=', ':', '=='),
    fc.constantFrom(...BLANKS),
    value,
  )
  .map((parts) => parts.join(''))

const header = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom('', '', '', ' # c', '=1', ']', 'x'))
  .map(([name, rest]) => `[${name}]${rest}`)

const element = fc.oneof(
  { weight: 6, arbitrary: option },
  { weight: 3, arbitrary: header },
  { weight: 1, arbitrary: fc.constantFrom('# c', '; c', '#', 'stray words', '') },
  { weight: 1, arbitrary: piece },
)

const line = fc
  .tuple(fc.constantFrom(...INDENTS), element, fc.constantFrom(...ENDS))
  .map((parts) => parts.join(''))

/** Few elements occur twice, so that most of these are accepted. */
const tidy = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom('[A]', '[B]', '[DEFAULT]', '[ A ]'),
      fc.uniqueArray(
        fc.tuple(fc.constantFrom('', '', '', ' ', '  ', '\t'), option, fc.constantFrom(...ENDS)),
        { maxLength: 5, selector: ([, text]) => text.split(/[=:]/)[0]!.trim().toLowerCase() },
      ),
    ),
    { maxLength: 4, selector: ([name]) => name },
  )
  .map((sections) =>
    sections.map(([name, lines]) => `${name}\n${lines.flat().join('')}`).join('\n'),
  )

export const lawlessText: fc.Arbitrary<string> = fc.oneof(
  fc.array(line, { maxLength: 12 }).map((lines) => lines.join('')),
  fc.array(line, { maxLength: 12 }).map((lines) => `[A]\n${lines.join('')}`),
)

export const tidyText: fc.Arbitrary<string> = tidy

export const soupText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '[A]\n', '[A]\nuser=', '\ufeff'),
    fc.string({ unit: fc.constantFrom(...SOUP), maxLength: 40 }),
  )
  .map((parts) => parts.join(''))

const BROKEN = [
  'ff',
  'c3',
  'e282',
  'eda080',
  'c0af',
  'f4908080',
  'f09f',
  '80',
  'efbbbf',
  'fffe',
  'feff',
  '0d',
  '00',
]

/** Bytes, with something that is not UTF-8 somewhere in half of them. */
export const lawlessBytes: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.oneof(lawlessText, tidyText),
    fc.array(fc.tuple(fc.nat(200), fc.constantFrom(...BROKEN)), { maxLength: 2 }),
  )
  .map(([text, insertions]) => insertions.reduce(insertBytes, Buffer.from(text)))

function insertBytes(bytes: Buffer, [at, hex]: [number, string]): Buffer {
  const index = at % (bytes.length + 1)
  return Buffer.concat([bytes.subarray(0, index), Buffer.from(hex, 'hex'), bytes.subarray(index)])
}

const DIALECT_KEYS = [
  ...['user', 'User', 'tenancy', 'region', 'REGION', 'fingerprint', 'key_file', 'pass_phrase'],
  ...['passphrase', 'security_token_file', 'authentication_type', 'log_requests', 'key_content'],
]

const dialectValue = fc.oneof(
  fc.constantFrom('', 'x', 'true', 'a=b', '=', 'a = b', '"q"', 'v # c', 'v ; c', '~/k', 'a:b'),
  fc.constantFrom('%', '50%', 'a%%b', '%(user)s', '%(USER)s', '%(none)s', '%(pass_phrase)s', '%s'),
)

const dialectOption = fc
  .tuple(
    fc.constantFrom('', '', '', '', ' ', '\t', '\xa0', '\x1c', '\ufeff'),
    fc.constantFrom(...DIALECT_KEYS),
    fc.oneof(
      { weight: 15, arbitrary: fc.constantFrom('=', '=', ' = ', ' =') },
      { weight: 1, arbitrary: fc.constantFrom(':', ': ') },
    ),
    dialectValue,
    fc.constantFrom('', '', '', ' ', '\t', '\x85', '\ufeff'),
  )
  .map((parts) => parts.join(''))

const dialectLine = fc.oneof(
  { weight: 30, arbitrary: dialectOption },
  { weight: 2, arbitrary: fc.constantFrom('# c', '#', '', '  # c', '; c = d') },
  { weight: 1, arbitrary: fc.constantFrom('; c', 'bare', '=x', '[]', '[ ]', '  more') },
)

const dialectHeader = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('[P]', '[P]', '[Q]', '[DEFAULT]', '[DEFAULT]') },
  {
    weight: 1,
    arbitrary: fc
      .tuple(
        fc.constantFrom('', ' ', '\t'),
        fc.constantFrom('P', 'Q', 'DEFAULT', 'default', ' P ', 'P ', 'a]b'),
        fc.constantFrom('', '', ' ', ' # c', '=1', 'x'),
      )
      .map(([indent, name, rest]) => `${indent}[${name}]${rest}`),
  },
)

/** Files as people write them, with what tools disagree on: few lines of few keys, and every way to write a header. */
export const dialectText: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('', '', '', '[P]\n', '[P]\n', '\ufeff', '# head\n', '\n'),
    fc.array(fc.tuple(dialectHeader, fc.array(dialectLine, { maxLength: 5 })), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
    fc.constantFrom('', '\n'),
  )
  .map(([start, sections, newline, end]) => {
    const lines = sections.flatMap(([header, options]) => [header, ...options])
    return start + lines.join(newline) + end
  })
