/** Tests of your own without OCI: the emulator, a registry in front of it, and a fault on demand. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadOciProfiles } from 'oci-profiles'
import { startEmulator, writeSampleProfiles } from 'oci-profiles/emulator'

const folder = await mkdtemp(join(tmpdir(), 'example-'))
const emulator = await startEmulator()
const { configFile } = await writeSampleProfiles(emulator, join(folder, 'oci'), 'working')

// The address of OCI comes from the environment alone: no profile can redirect a signed request.
process.env['OCI_PROFILES_ENDPOINT_URL'] = emulator.url
const { registry } = await loadOciProfiles({ configFile })
for (const { auth_profile, useable } of registry.list()) console.log(auth_profile, useable)

emulator.setFault('DEFAULT', { kind: 'clock', offsetMs: 10 * 60 * 1000 })
const check = await registry.check('default')
console.log(check.code, check.message)

await emulator.close()
await rm(folder, { recursive: true })

/* Prints:
DEFAULT true
ENCRYPTED_KEY true
SESSION true
CLOCK_SKEW your clock is 10 min… behind; OCI allows 5 min
*/
