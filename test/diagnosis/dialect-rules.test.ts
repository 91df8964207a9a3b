/**
 * The readers whose tools are not here: by vectors, each with the rule of the source that it follows. Go: oci-go-sdk,
 * common/configuration.go. Java: oci-java-sdk, ConfigFileReader.java, ConfigFileAuthenticationDetailsProvider.java.
 */
import { expect, test } from 'vitest'
import { readAsGo, readAsJava, type Reading } from '../../src/diagnosis/dialects/index.ts'

type Lines = Record<string, readonly [value: string, line: number]>

function linesOf(reading: Reading): Lines | string {
  if (reading.refusal !== null) return `${reading.refusal}:${reading.line}`
  return Object.fromEntries(
    [...reading.values].map(([key, { value, line }]) => [key, [value, line]]),
  )
}

test.each<[rule: string, text: string, expected: Lines | string]>([
  ['the section ends at the next header', '[P]\nuser=u\n[Q]\nregion=r', { user: ['u', 2] }],
  ['DEFAULT is a section like any other', '[DEFAULT]\nregion=r\n[P]\nuser=u', { user: ['u', 4] }],
  ['the first section of that name is read', '[P]\nuser=u\n[P]\nregion=r', { user: ['u', 2] }],
  ['the last line of a key counts', '[P]\nuser=a\nuser=b', { user: ['b', 3] }],
  ['keys are compared in lower case', '[P]\nUser = u', { user: ['u', 2] }],
  ['a line is split at every "=", and two parts count', '[P]\nuser=a=b', { user: ['a', 2] }],
  ['a line without "=" is passed over', '[P]\nuser: u\nbare\n; c\nregion=r', { region: ['r', 5] }],
  ['a comment is a line with a key that nobody asks for', '[P]\n#user=u', { '#user': ['u', 2] }],
  ['a colon does not end a key', '[P]\nuser: a=b', { 'user: a': ['b', 2] }],
  ['keys may be indented', '[P]\n  user=u', { user: ['u', 2] }],
  ['both names of the pass phrase count', '[P]\npassphrase=p', { pass_phrase: ['p', 2] }],
  ['and the later one wins', '[P]\npass_phrase=a\npassphrase=b', { pass_phrase: ['b', 3] }],
  ['text behind a header does not matter', '[P] # c\nuser=u', { user: ['u', 2] }],
  ['a header reaches to its last bracket', '[a]b]\nuser=u\n[P]\nuser=v', { user: ['v', 4] }],
  ['a header starts its line', ' [P]\nuser=u', 'section_not_found:null'],
  ['a byte order mark stands before it', '\ufeff[P]\nuser=u', 'section_not_found:null'],
  ['a name is taken with its blanks', '[ P ]\nuser=u', 'section_not_found:null'],
  [
    'an indented header is none: the lines below it still belong to the section',
    '[P]\nuser=u\n [Q]\nuser=v',
    { user: ['v', 4] },
  ],
  ['a carriage return is white space', '[P]\r\nuser=u\r\n', { user: ['u', 2] }],
  ['a carriage return ends no line', '[P]\ruser=u', {}],
  ['but one of an editor', '[Q]\rx=1\r\n[P]\nuser=u', { user: ['u', 4] }],
  ['white space is that of Unicode', '[P]\nuser=\xa0u\u3000\x85', { user: ['u', 2] }],
  ['but no separator of files', '[P]\nuser=\x1cu', { user: ['\x1cu', 2] }],
  ['an empty value is there', '[P]\nuser=', { user: ['', 2] }],
  ['a value does not go on', '[P]\nuser=u\n  v', { user: ['u', 2] }],
])('Go: %s', (_, text, expected) => {
  expect(linesOf(readAsGo(text)('P'))).toEqual(expected)
})

test.each<[rule: string, text: string, expected: Lines | string]>([
  [
    'DEFAULT is inherited',
    '[DEFAULT]\nregion=r\n[P]\nuser=u',
    { region: ['r', 2], user: ['u', 4] },
  ],
  ['sections of one name are one', '[P]\nuser=u\n[P]\nuser=v', { user: ['v', 4] }],
  ['a name is trimmed', '[ P ]\nuser=u', { user: ['u', 2] }],
  ['keys are taken to the letter', '[P]\nUser=u', { User: ['u', 2] }],
  ['a value is what is behind the first "="', '[P]\nuser = a=b', { user: ['a=b', 2] }],
  [
    'lines end with either character, or both',
    '[P]\ruser=u\r\nregion=r',
    {
      user: ['u', 2],
      region: ['r', 3],
    },
  ],
  ['white space is what is not above a blank', '[P]\nuser=\x1cu\x00', { user: ['u', 2] }],
  ['and nothing else', '[P]\nuser=\xa0u', { user: ['\xa0u', 2] }],
  ['a byte order mark is text', '\ufeff[P]\nuser=u', 'byte_order_mark:1'],
  ['also before a comment', '\ufeff# c = d\n[P]\nuser=u', 'byte_order_mark:1'],
  ['a semicolon starts no comment', '[P]\n; c\n', 'semicolon:2'],
  ['a comment with a semicolon is a key', '[P]\n;c=d', { ';c': ['d', 2] }],
  ['a colon is no "="', '[P]\nuser: u', 'colon:2'],
  ['a value does not go on', '[P]\nuser=u\n  v', 'continued_value:3'],
  ['nothing stands behind a header', '[P] # c\nuser=u', 'text_behind_header:1'],
  ['a header has a name', '[P]\n[ ]', 'no_name:2'],
  ['a line has a key', '[P]\n= u', 'no_key:2'],
  ['keys have a section', 'user=u\n[P]', 'text_before_section:1'],
  ['a fault in another section counts', '[P]\nuser=u\n[Q]\nbare', 'bare_line:4'],
  ['names are taken to the letter', '[p]\nuser=u', 'section_not_found:null'],
])('Java: %s', (_, text, expected) => {
  expect(linesOf(readAsJava(text)('P'))).toEqual(expected)
})
