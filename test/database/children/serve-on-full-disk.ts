/**
 * Runs a service whose database is on a small disk, fills the disk, and makes room again. Prints what a change of settings,
 * reading and a check come to while it is full, and what a change comes to afterwards.
 * Argument: folder of the disk.
 */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { get, openSandbox, put } from '../../lifecycle/sandbox.ts'

const [disk = ''] = process.argv.slice(2)
const sandbox = await openSandbox()
const service = await sandbox.start({
  env: { OCI_PROFILES_DATABASE_URL: `sqlite:${join(disk, 'core.db')}` },
})
await service.checked

/** Each change is another one, so that each has to be written. */
let number = 1
async function change(): Promise<string> {
  number += 1
  const name = `${number}`.padEnd(2_000, 'x')
  const { status, json } = await put(service, '/v1/settings', { default_profile: name })
  return status === 200
    ? 'saved'
    : `${status} ${json.code}: ${json.detail.replaceAll(disk, '/disk')}`
}

async function changeUntil(isEnd: (outcome: string) => boolean): Promise<string> {
  for (;;) {
    const outcome = await change()
    if (isEnd(outcome)) return outcome
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function fill(): void {
  const file = join(disk, 'ballast')
  for (let size = 2 ** 20; size >= 1_024; size /= 2) {
    try {
      writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch {
      // Half of it may find room.
    }
  }
}

fill()
const refused = await changeUntil((outcome) => outcome !== 'saved')
const reading = await get(service, '/v1/oci-profiles')
const check = await get(service, '/v1/oci-profiles/DEFAULT/check', { method: 'POST', body: '' })
rmSync(join(disk, 'ballast'))
const later = await changeUntil((outcome) => outcome === 'saved')
const lines = [refused, `${reading.status} ${reading.json.length}`, check.json.status, later]
process.stdout.write(`${lines.join('\n')}\n`)
await sandbox.close()
