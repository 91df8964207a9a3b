/** `oci-profiles list` of 20 profiles, against a Node that does nothing. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Bench, Figure } from './figure.ts'
import { interleave, median, medianRatio } from './rounds.ts'
import { BUNDLE, LAUNCHER, requireBuild, secondsOf } from './run-command.ts'

const PROFILES = 20
const ROUNDS = 31

export const listCommand: Bench = { name: 'list-command', run }

async function run(): Promise<Figure[]> {
  requireBuild()
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const file = join(folder, 'config')
    writeFileSync(file, makeConfig())
    const list = ['list', '--config-file', file]
    const contestants = {
      launcher: () => secondsOf([LAUNCHER, ...list]),
      direct: () => secondsOf([BUNDLE, ...list]),
      nothing: () => secondsOf(['-e', '0']),
    }
    // The first run fills Node's cache of compiled code.
    await interleave(1, contestants)
    const { launcher, direct, nothing } = await interleave(ROUNDS, contestants)
    const detail =
      `${milliseconds(launcher)}; without the launcher ${milliseconds(direct)}; ` +
      `node -e 0 ${milliseconds(nothing)}`
    const name = `oci-profiles list of ${PROFILES} profiles: time against node -e 0`
    const value = medianRatio(launcher, nothing)
    return [{ name, value, unit: 'times', aim: { below: 2 }, detail }]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function makeConfig(): string {
  const sections = Array.from({ length: PROFILES }, (_, index) => {
    const id = String(index).padStart(52, '0')
    return [
      `[PROFILE_${index}]`,
      `user=ocid1.user.oc1..aaaaaaaa${id}`,
      'fingerprint=20:3b:97:13:55:1c:5b:0d:d3:37:d8:50:4e:c5:3a:34',
      `tenancy=ocid1.tenancy.oc1..aaaaaaaa${'0'.repeat(52)}`,
      'region=eu-frankfurt-1',
      `key_file=~/.oci/keys/${index}.pem`,
      '',
    ].join('\n')
  })
  return sections.join('\n')
}

function milliseconds(seconds: readonly number[]): string {
  return `${Math.round(median(seconds) * 1000)} ms`
}
