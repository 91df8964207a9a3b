/** Headers that are none, keys without "=", files of another kind: the finding names what to write, never the text. */
import { expect, test } from 'vitest'
import { parseSections } from '../../src/config/sections.ts'

const DEV = '[DEV]\nuser=a\nregion=b\n'

test.each([
  ['a closing bracket', '[PROD'],
  ['an opening bracket', 'PROD]'],
])('a header without %s', (_what, header) => {
  const { diagnostics } = parseSections(`${DEV}${header}\nuser=c\nregion=d\n`)
  const fix = 'Write the name in line 4 between brackets: [NAME].'
  expect(diagnostics).toMatchObject([
    {
      code: 'STRAY_LINE',
      line: 4,
      message: 'Line 4 looks like the header of a section without one of its brackets',
      fix,
    },
    {
      code: 'DUPLICATE_KEY',
      line: 5,
      message: expect.stringContaining('line 4, between them'),
      fix,
    },
    { code: 'DUPLICATE_KEY', line: 6, fix },
  ])
  expect(JSON.stringify(diagnostics)).not.toContain('PROD')
})

test('a header that is indented', () => {
  const { diagnostics, sections } = parseSections(`${DEV}  [PROD]\nuser=c\n`)
  expect(diagnostics).toMatchObject([
    { code: 'DUPLICATE_KEY', line: 5, fix: 'Remove the white space in front of line 4.' },
  ])
  expect(sections[0]?.entries.get('region')?.value).toBe('b\n[PROD]')
})

test('a header that is right ends it', () => {
  const { diagnostics } = parseSections(`${DEV}[PROD\n[TEST]\nuser=c\nuser=d\n`)
  expect(diagnostics[1]).toMatchObject({ code: 'DUPLICATE_KEY', line: 7 })
  expect(diagnostics[1]?.message).not.toContain('between them')
})

test.each([
  ['[A\nuser=x\n', 'Line 1 looks like the header of a section without one of its brackets'],
  [
    '-----BEGIN PRIVATE KEY-----\nMII\n',
    'The file is a key or a certificate in PEM and no config file',
  ],
  ['{\n  "user": "x"\n}\n', 'The file is JSON and no config file'],
  ['user=x\n', 'Line 1 stands before the first section and cannot belong to a profile'],
])('a file that begins with %j', (text, message) => {
  expect(parseSections(text).diagnostics[0]).toMatchObject({ code: 'TEXT_BEFORE_SECTION', message })
})

test.each(['region eu-paris-1', 'Key_File   /k.pem'])('a key without "=": %s', (line) => {
  const field = line.startsWith('r') ? 'region' : 'key_file'
  expect(parseSections(`[A]\n${line}\n`).diagnostics).toMatchObject([
    { code: 'STRAY_LINE', field, message: `Line 2 has no "=" behind ${field}` },
  ])
})

test('another stray line is told without a word of it', () => {
  const { diagnostics } = parseSections('[A]\ncanary canary\n')
  expect(diagnostics[0]?.message).toBe('Line 2 is neither a section, nor key=value, nor a comment')
})
