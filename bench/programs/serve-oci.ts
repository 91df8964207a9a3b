/** An OCI that knows any number of profiles, in a process of its own; tells where it is and where its config file is. */
import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmulator } from '../../emulator/index.ts'

export interface EmulatedProfiles {
  /** For OCI_PROFILES_ENDPOINT_URL. */
  url: string
  /** For OCI_CLI_CONFIG_FILE. */
  configFile: string
}

const [count = 1, delayMs = 0] = process.argv.slice(2).map(Number)
const folder = mkdtempSync(join(tmpdir(), 'bench-'))
const emulator = await startEmulator()
if (delayMs > 0) emulator.setFault(null, { kind: 'slow', delayMs })
// `silent`: from now on no request is answered.
process.on('message', (message) => {
  emulator.setFault(null, message === 'silent' ? { kind: 'silent' } : null)
})
process.once('SIGTERM', stop)
process.once('disconnect', stop)

const answer: EmulatedProfiles = { url: emulator.url, configFile: writeProfiles() }
process.send?.(answer)

/** One key for all: how long it takes to make keys is not what is measured. */
function writeProfiles(): string {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const keyFile = join(folder, 'key.pem')
  writeFileSync(keyFile, privateKey, { mode: 0o600 })
  const tenancy = `ocid1.tenancy.oc1..${'t'.repeat(60)}`
  const sections = Array.from({ length: count }, (_, index) => {
    const name = `PROFILE_${index}`
    const user = `ocid1.user.oc1..${String(index).padStart(60, 'u')}`
    const { fingerprint } = emulator.addIdentity({
      name,
      tenancy,
      user,
      publicKey,
      namespace: 'bench',
    })
    return [
      `[${name}]`,
      `user=${user}`,
      `tenancy=${tenancy}`,
      `fingerprint=${fingerprint}`,
      'region=eu-frankfurt-1',
      `key_file=${keyFile}`,
      '',
    ].join('\n')
  })
  const file = join(folder, 'config')
  writeFileSync(file, sections.join('\n'))
  return file
}

function stop(): void {
  rmSync(folder, { recursive: true, force: true })
  void emulator.close().then(() => process.exit(0))
}
