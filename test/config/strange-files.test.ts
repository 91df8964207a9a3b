/** Config files that are no files: nothing hangs, nothing fills the memory. */
import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseOciConfigFile } from '../../src/config/index.ts'

let folder: string
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'oci-profiles-strange-'))))
afterAll(() => rmSync(folder, { recursive: true }))

describe.skipIf(process.platform === 'win32')('a config file', () => {
  test('that is a pipe without a writer is refused at once', async () => {
    const pipe = join(folder, 'pipe')
    await promisify(execFile)('mkfifo', [pipe])
    await expect(parseOciConfigFile(pipe)).rejects.toMatchObject({
      code: 'CONFIG_FILE_UNREADABLE',
      message: expect.stringContaining('it is a pipe'),
    })
  })

  test.runIf(process.platform === 'linux')('that never ends is given up', async () => {
    await expect(parseOciConfigFile('/dev/zero')).rejects.toMatchObject({
      code: 'CONFIG_FILE_UNREADABLE',
      message: expect.stringContaining('larger than 64 MiB'),
      fix: 'Name an OCI config file.',
    })
  })

  test('that is far too large is not read', async () => {
    const file = join(folder, 'large')
    writeFileSync(file, '')
    truncateSync(file, 5 * 1024 ** 3)
    await expect(parseOciConfigFile(file)).rejects.toMatchObject({ code: 'CONFIG_FILE_UNREADABLE' })
  })

  test('that is /dev/null holds no profiles', async () => {
    const { exists, profiles } = await parseOciConfigFile('/dev/null')
    expect([exists, profiles]).toEqual([true, []])
  })

  test('may be a pipe that the shell has opened', () => {
    const program = join(import.meta.dirname, '../../src/cli/main.ts')
    const command = `"${process.execPath}" "${program}" list --output json --config-file <(printf '[A]\\nuser=u\\n')`
    const output = execFileSync('bash', ['-c', command], { encoding: 'utf8' })
    expect(JSON.parse(output)).toMatchObject([{ auth_profile: 'A', user: 'u' }])
  })
})
