/** Reading a config file of 10,000 profiles, against Python's configparser on the same file. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Bench, Figure } from './figure.ts'
import { interleave, median, medianRatio } from './rounds.ts'
import { runNode } from './run-node.ts'

const PROFILES = 10_000
const ROUNDS = 7

const PYTHON = `
import configparser, sys, time
start = time.perf_counter()
config = configparser.ConfigParser(interpolation=None)
config.read(sys.argv[1], encoding="utf-8")
took = time.perf_counter() - start
assert len(config.sections()) == ${PROFILES}
print(took)
`

export const readConfig: Bench = { name: 'read-config', run }

async function run(): Promise<Figure[]> {
  if (!(await hasPython())) return [toFigure(null, 'skipped: there is no python3 here')]
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const file = join(folder, 'config')
    writeFileSync(file, makeConfig())
    const { own, python } = await interleave(ROUNDS, {
      own: () => runNode<number>({ file: 'read-config.ts', args: [file] }),
      python: () => readWithPython(file),
    })
    const detail = `${milliseconds(own)} for ${PROFILES} profiles; configparser ${milliseconds(python)}`
    return [toFigure(medianRatio(python, own), detail)]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function toFigure(value: number | null, detail: string): Figure {
  const name = 'reading the config file: speed against configparser'
  return { name, value, unit: 'times', aim: { atLeast: 1 }, detail }
}

/** What people's files look like: a DEFAULT to inherit from, comments, empty lines, the six usual keys. */
function makeConfig(): string {
  const sections = Array.from({ length: PROFILES }, (_, index) => {
    const hex = index.toString(16).padStart(4, '0')
    return [
      `# profile number ${index}`,
      `[PROFILE_${index}]`,
      `user=ocid1.user.oc1..aaaaaaaa${hex.repeat(12)}`,
      `fingerprint=${Array.from({ length: 8 }, () => `${hex.slice(0, 2)}:${hex.slice(2)}`).join(':')}`,
      `tenancy=ocid1.tenancy.oc1..aaaaaaaa${hex.repeat(12)}`,
      'region=eu-frankfurt-1',
      `key_file=~/.oci/keys/${index}.pem`,
      '',
    ].join('\n')
  })
  return ['[DEFAULT]', 'log_requests = false', 'pass_phrase = none', '', ...sections].join('\n')
}

async function hasPython(): Promise<boolean> {
  return promisify(execFile)('python3', ['--version']).then(
    () => true,
    () => false,
  )
}

/** Seconds for the reading alone, in a process of its own. */
async function readWithPython(file: string): Promise<number> {
  const { stdout } = await promisify(execFile)('python3', ['-c', PYTHON, file])
  return Number(stdout)
}

function milliseconds(seconds: readonly number[]): string {
  return `${Math.round(median(seconds) * 1000)} ms`
}
