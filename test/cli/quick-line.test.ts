/** Two readers of the command line: what the quick one takes, the careful one reads alike. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readCommandLine } from '../../src/cli/command-line.ts'
import { COMMANDS, type CommandEntry } from '../../src/cli/commands/index.ts'
import { FLAGS } from '../../src/cli/flags.ts'
import { readQuickLine } from '../../src/cli/quick-line.ts'

const options = Object.values(FLAGS).map(({ usage }) => usage.split(' ')[0] ?? '')
const values = [
  ...Object.values(FLAGS).flatMap(({ choices = [] }) => choices),
  'PROD',
  'x y',
  '',
  '0',
]
const oddities = [
  '-',
  '--',
  '-h',
  '--help',
  'help',
  '-v',
  '--version',
  '--no-check',
  '--color',
  '-x',
].concat(options.map((option) => `${option}=table`))

const words = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...Object.keys(COMMANDS)) },
  { weight: 4, arbitrary: fc.constantFrom(...options) },
  { weight: 4, arbitrary: fc.constantFrom(...values) },
  { weight: 1, arbitrary: fc.constantFrom(...oddities) },
)

test('what the quick reader takes, the careful one reads alike', () => {
  let taken = 0
  fc.assert(
    fc.property(fc.array(words, { maxLength: 7 }), (argv) => {
      const quick = readQuickLine(argv)
      if (quick === null) return
      taken += 1
      expect(quick).toEqual(readCommandLine(argv, 80))
    }),
    { numRuns: 5000 },
  )
  expect(taken).toBeGreaterThan(100)
})

describe('the quick reader takes', () => {
  const lines = Object.values<CommandEntry>(COMMANDS)
    .filter(({ takesRest }) => !takesRest)
    .flatMap(({ examples }) => examples.map(({ line }) => line.split(/ [|>]/)[0] ?? ''))
  const more = ['--config-file x --no-color list --output json', 'check A B C --debug']

  test.each([...lines, ...more])('%s', (line) => {
    const argv = line.split(' ')
    const quick = readQuickLine(argv)
    expect(quick).not.toBe(null)
    expect(quick).toEqual(readCommandLine(argv, 80))
  })
})

test.each([[], ['--help'], ['list', '-h'], ['lst'], ['list', 'A'], ['list', '--output', 'jsn']])(
  'and leaves %j to the careful one',
  (...argv) => {
    expect(readQuickLine(argv)).toBe(null)
  },
)
