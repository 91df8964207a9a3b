/** `oci-profiles doctor --offline` of 1,000 profiles with a key file each, minus the same of one. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { keyFingerprint } from '../src/client/index.ts'
import type { Bench, Figure } from './figure.ts'
import { interleave, median } from './rounds.ts'
import { LAUNCHER, requireBuild, secondsOf } from './run-command.ts'

const PROFILES = 1000
const ROUNDS = 5

export const doctorOffline: Bench = { name: 'doctor-offline', run }

async function run(): Promise<Figure[]> {
  requireBuild()
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const sections = makeSections(folder)
    const many = writeConfig(join(folder, 'many'), sections)
    const one = writeConfig(join(folder, 'one'), sections.slice(0, 1))
    const diagnose = (file: string) => {
      return secondsOf([LAUNCHER, 'doctor', '--offline', '--config-file', file])
    }
    const results = await interleave(ROUNDS, {
      many: () => diagnose(many),
      one: () => diagnose(one),
    })
    const extra = results.many.map((seconds, round) => seconds - (results.one[round] ?? 0))
    const name = `doctor --offline of ${PROFILES} profiles, minus that of 1`
    const detail = `${median(results.many).toFixed(2)} s; of 1: ${median(results.one).toFixed(2)} s`
    return [{ name, value: median(extra), unit: 's', aim: { below: 2 }, detail }]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** One key for all, but a file for each: making keys is not what is measured, reading them is. */
function makeSections(folder: string): string[] {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' })
  return Array.from({ length: PROFILES }, (_, index) => {
    const keyFile = join(folder, `${index}.pem`)
    writeFileSync(keyFile, pem, { mode: 0o600 })
    return [
      `[PROFILE_${index}]`,
      `user=ocid1.user.oc1..aaaaaaaa${String(index).padStart(52, '0')}`,
      `fingerprint=${keyFingerprint(publicKey)}`,
      `tenancy=ocid1.tenancy.oc1..aaaaaaaa${'0'.repeat(52)}`,
      'region=eu-frankfurt-1',
      `key_file=${keyFile}`,
      '',
    ].join('\n')
  })
}

function writeConfig(file: string, sections: readonly string[]): string {
  writeFileSync(file, sections.join('\n'))
  return file
}
