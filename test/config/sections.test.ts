import { describe, expect, test } from 'vitest'
import { parseSections } from '../../src/config/index.ts'
import { codesOf } from './config-file.ts'
import { sectionsOf } from './expected.ts'

/** Stands where a secret may have been pasted. */
const SECRET = 'Hunter2secret'

describe('parseSections reads a text that Python refuses', () => {
  const FAULTS: [what: string, text: string, faults: [code: string, line: number][]][] = [
    ['a stray line', `[A]\nuser=a\n${SECRET}\n`, [['STRAY_LINE', 3]]],
    ['a line without a key', `[A]\n=${SECRET}\n`, [['STRAY_LINE', 2]]],
    ['a section that occurs again', '[A]\nuser=a\n[B]\n[A]\n', [['DUPLICATE_SECTION', 4]]],
    ['a key that occurs again', `[A]\nuser=a\nUSER=${SECRET}\n`, [['DUPLICATE_KEY', 3]]],
    ['an unknown key that occurs again', `[A]\n${SECRET}=\n${SECRET}:\n`, [['DUPLICATE_KEY', 3]]],
    [
      'a key that occurs in a second [DEFAULT]',
      '[DEFAULT]\nuser=a\n[DEFAULT]\nuser=b\n',
      [['DUPLICATE_KEY', 4]],
    ],
    [
      'text before the first section',
      `\n${SECRET}\n${SECRET}=1\n[A]\n`,
      [['TEXT_BEFORE_SECTION', 2]],
    ],
    ['a byte order mark', '\ufeff[A]\nuser=a\n', [['BYTE_ORDER_MARK', 1]]],
    ['two byte order marks', '\ufeff\ufeff[A]\n', [['BYTE_ORDER_MARK', 1]]],
    [
      'a private key pasted without indentation',
      `[A]\nkey_content=-----BEGIN\n${SECRET}\n${SECRET}==\n-----END\n`,
      [
        ['STRAY_LINE', 3],
        ['STRAY_LINE', 5],
      ],
    ],
    [
      'several faults, in the order of their lines',
      `\ufeff${SECRET}\n[A]\nuser=a\n${SECRET}\nuser=b\n[A]\n=c\n`,
      [
        ['BYTE_ORDER_MARK', 1],
        ['TEXT_BEFORE_SECTION', 1],
        ['STRAY_LINE', 4],
        ['DUPLICATE_KEY', 5],
        ['DUPLICATE_SECTION', 6],
        ['STRAY_LINE', 7],
      ],
    ],
  ]

  test.each(FAULTS)('and reports %s with its line, never its text', (_, text, faults) => {
    const { diagnostics } = parseSections(text)
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual(faults)
    expect(diagnostics.every(({ severity }) => severity === 'error')).toBe(true)
    expect(JSON.stringify(diagnostics).toLowerCase()).not.toContain(SECRET.toLowerCase())
    for (const { message, fix } of diagnostics) expect(`${message}${fix}`).not.toMatch(/\n/)
  })

  const MENDED: [what: string, text: string, asThough: string][] = [
    ['stray lines as comments', '[A]\nuser=a\nstray\nregion=b\n', '[A]\nuser=a\n#\nregion=b\n'],
    [
      'a stray line inside a value as a comment',
      '[A]\nuser=a\nstray\n  more\n',
      '[A]\nuser=a\n#\n  more\n',
    ],
    [
      'no indentation out of a stray line, which would swallow the next section',
      '[A]\n  user=a\nstray\n  region=b\n  [B]\n  user=c\n',
      '[A]\n  user=a\n#\n  region=b\n  [B]\n  user=c\n',
    ],
    ['a line without a key as a comment', '[A]\nuser=a\n=\n  b\n', '[A]\nuser=a\n#\n  b\n'],
    ['the last of two keys', '[A]\nuser=a\n  x\nregion=b\nuser=c\n', '[A]\nuser=c\nregion=b\n'],
    [
      'two sections of one name as one',
      '[A]\nuser=a\n[B]\n[A]\nregion=b\nuser=c\n',
      '[A]\nuser=c\nregion=b\n[B]\n',
    ],
    ['text before the first section as comments', 'user=a\n  b\n[A]\nuser=c\n', '[A]\nuser=c\n'],
    ['the text behind a byte order mark', '\ufeff[A]\nuser=a\n', '[A]\nuser=a\n'],
  ]

  test.each(MENDED)('and takes %s', (_, text, asThough) => {
    expect(parseSections(asThough).diagnostics).toEqual([])
    expect(sectionsOf(text)).toEqual(sectionsOf(asThough))
  })

  test('and files a fault under its section as well', () => {
    const { sections } = parseSections('x\n[A]\nuser=a\n[B]\nstray\nuser=b\nuser=c\n')
    const faults = sections.map((section) => [section.name, codesOf(section.faults)])
    expect(faults).toEqual([
      ['A', []],
      ['B', ['STRAY_LINE', 'DUPLICATE_KEY']],
    ])
  })

  test('and counts the lines before the first section', () => {
    const [finding] = parseSections('a\nb=\n\n# c\nd\n[A]\n').diagnostics
    expect(finding!.message).toBe(
      '3 lines, from line 1 on, stand before the first section and cannot belong to a profile',
    )
  })
})

describe('parseSections names in its messages', () => {
  test('known keys, with both lines', () => {
    const [finding] = parseSections(
      '[A]\nauthentication_type=a\nAuthentication_Type=b\n',
    ).diagnostics
    expect(finding).toMatchObject({ field: 'authentication', line: 3 })
    expect(finding!.message).toContain(
      'authentication_type occurs twice in section "A", on lines 2 and 3',
    )
  })

  const NAMES: [what: string, name: string, shown: string][] = [
    ['as they are', 'Käse 𝔘', '"Käse 𝔘"'],
    [
      'with control characters escaped',
      'a\x1b[31m\u2028\u202eb\x00',
      '"a\\u{1b}[31m\\u{2028}\\u{202e}b\\u{0}"',
    ],
    ['of 128 characters in full', '𝔘'.repeat(128), `"${'𝔘'.repeat(128)}"`],
    ['of more than 128 characters cut off', 'x'.repeat(10_000), `"${'x'.repeat(128)}…"`],
  ]

  test.each(NAMES)('section names %s', (_, name, shown) => {
    const [finding] = parseSections(`[${name}]\n[${name}]\n`).diagnostics
    expect(finding!.message).toContain(`Section ${shown} on line 2 `)
  })
})

describe('parseSections remembers the line', () => {
  test('of each header and key, counted as Python counts them', () => {
    const { sections } = parseSections('\r\n[A]\ruser=a\r\n\n  b\u2028\x85\nregion=c\n[B]\n')
    const lines = sections.map(({ name, line, entries }) => {
      return [name, line, [...entries].map(([key, entry]) => [key, entry.line])]
    })
    expect(lines).toEqual([
      [
        'A',
        2,
        [
          ['user', 3],
          ['region', 6],
        ],
      ],
      ['B', 7, []],
    ])
  })

  test('of the first header and the last key, where one occurs again', () => {
    const [section] = parseSections('[A]\nuser=a\n[A]\nuser=b\n').sections
    expect(section).toMatchObject({ line: 1, isDefault: false })
    expect(section!.entries.get('user')).toEqual({ value: 'b', line: 4 })
  })
})

describe('parseSections takes time in proportion to the text', () => {
  const MEGABYTES = 10 * 1024 * 1024
  const SHAPES: [what: string, text: () => string][] = [
    ['one line of 10 MB', () => `[A]\nuser=${'x'.repeat(MEGABYTES)}`],
    ['one line of 10 MB of blanks', () => `[A]\nuser${' '.repeat(MEGABYTES)}x`],
    ['one header of 10 MB of brackets', () => `${'['.repeat(MEGABYTES)}`],
    ['one key of 10 MB of blanks and letters', () => `[A]\n${'a '.repeat(MEGABYTES / 2)}=`],
    ['100,000 continuation lines', () => `[A]\nuser=\n${'  more\n'.repeat(100_000)}`],
    ['1,000,000 empty lines in a value', () => `[A]\nuser=a\n${'\n'.repeat(1_000_000)}  b`],
    ['1,000,000 carriage returns', () => `[A]\nuser=a\n${'\r'.repeat(1_000_000)}`],
    ['100,000 stray lines', () => `[A]\n${'stray\n'.repeat(100_000)}`],
    ['100,000 headers of one section', () => '[A]\n'.repeat(100_000)],
    ['100,000 lines with one key', () => `[A]\n${'user=a\n'.repeat(100_000)}`],
    [
      '100,000 keys',
      () => `[A]\n${Array.from({ length: 100_000 }, (_, i) => `k${i}=`).join('\n')}`,
    ],
  ]

  // Each takes some 10 to 100 ms; what grows with the square takes minutes.
  test.each(SHAPES)('%s', (_, text) => {
    const written = text()
    const start = performance.now()
    const { sections } = parseSections(written)
    for (const { entries } of sections)
      for (const { value } of entries.values()) value.charCodeAt(0)
    expect(performance.now() - start).toBeLessThan(5000)
  })

  test('and keeps a value of 100,000 lines whole', () => {
    const { sections } = parseSections(`[A]\nuser=\n${'  more\n'.repeat(100_000)}`)
    expect(sections[0]!.entries.get('user')!.value).toBe('\nmore'.repeat(100_000))
  })
})
