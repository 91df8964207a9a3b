import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openDatabase, type StoredSettings } from '../../src/database/index.ts'
import { Secret } from '../../src/secret.ts'
import { tempFolder } from '../settings/temp-folder.ts'
import { childPath, start } from './child.ts'

/** A mount name space of its own: what is mounted there is gone with the process, and nobody else sees it. */
const APART = 'unshare --mount --map-root-user'
const canMount = spawnSync('sh', ['-c', `${APART} mount -t tmpfs tmpfs /mnt`]).status === 0
const reason = canMount ? '' : ' (needs a mount name space, which this system does not give)'

/** Runs a script of the shell in front of a disk of 300 kB; `$node` runs a child, `$0` is the folder of the disk. */
async function onSmallDisk(script: string): Promise<string[]> {
  const folder = await tempFolder()
  const program = `set -e; mount -t tmpfs -o size=300k tmpfs "$0"; ${script}`
  const variables = { node: process.execPath, children: childPath('.') }
  const command = ['-c', `exec ${APART} sh -c "$1" "$0"`, folder, program]
  const env = { ...process.env, ...variables }
  const { lines, errors, code } = await start('sh', command, { env }).ended
  expect([errors, code]).toEqual(['', 0])
  return lines.map((line) => line.replaceAll(folder, '/disk'))
}

describe.skipIf(!canMount)(`a disk of its own${reason}`, { timeout: 60_000 }, () => {
  test('that is full fails the write, keeps what was there, and takes writes again when there is room', async () => {
    const script = '"$node" "$children/fill-disk.ts" "sqlite:$0/core.db" "$0/ballast"'
    expect(await onSmallDisk(script)).toEqual([
      'DATABASE_UNAVAILABLE: /disk/core.db cannot grow: the disk is full',
      'true',
      'written',
    ])
  })

  test('that is full costs a service changes of settings only, until there is room', async () => {
    const lines = await onSmallDisk('"$node" "$children/serve-on-full-disk.ts" "$0"')
    expect(lines).toEqual([
      '503 SETTINGS_NOT_SAVED: The settings were not saved: /disk/core.db cannot grow: the disk is full',
      '200 3',
      'ok',
      'saved',
    ])
  })

  test('that is read-only is refused with the reason', async () => {
    const open = '"$node" "$children/refused.ts" "sqlite:$0/core.db"'
    expect(await onSmallDisk(`${open}; mount -o remount,ro "$0"; ${open}`)).toEqual([
      'open',
      'DATABASE_UNAVAILABLE: /disk/core.db cannot be opened; its folder has to be writable too',
    ])
  })

  test('that is read-only cannot have a new database either', async () => {
    const open = '"$node" "$children/refused.ts" "sqlite:$0/core.db"'
    const lines = await onSmallDisk(`mount -o remount,ro "$0"; ${open}`)
    expect(lines).toEqual([
      'DATABASE_READ_ONLY: /disk/core.db cannot be made: the disk is read-only',
    ])
  })
})

const withoutLimits = process.platform === 'win32'

test.skipIf(withoutLimits)(
  'a file that cannot grow fails the write and keeps what was there',
  { timeout: 60_000 },
  async () => {
    const url = `sqlite:${join(await tempFolder(), 'core.db')}`
    await read(url)
    const command = `trap '' XFSZ; ulimit -f 200; exec "$0" "$@"`
    const program = [process.execPath, childPath('write-pairs.ts'), url, '500', '3000']
    const { lines, errors, code } = await start('bash', ['-c', command, ...program]).ended
    expect([lines.at(-1), errors, code]).toEqual(['DATABASE_UNAVAILABLE', '', 3])
    const acknowledged = Number(lines.at(-2))
    expect(acknowledged).toBeGreaterThan(0)
    const { values } = await read(url)
    expect(values['check_concurrency']).toBe(acknowledged)
    expect(values['check_interval_s']).toBe(acknowledged)
  },
)

async function read(url: string): Promise<StoredSettings> {
  const database = await openDatabase(new Secret(url))
  try {
    return await database.readSettings()
  } finally {
    await database.close()
  }
}
