/** Config files that are no files: nothing hangs, nothing fills the memory. */
import { execFile, execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
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

  test('that is a socket is refused for what it is', async () => {
    const file = join(folder, 'socket')
    const server = createServer().listen(file)
    await once(server, 'listening')
    await expect(parseOciConfigFile(file)).rejects.toMatchObject({
      message: `${file} cannot be read: it is a socket, or a device that is not there`,
      fix: 'Name an ordinary file.',
    })
    server.close()
  })

  test.runIf(process.platform === 'linux')('that fails to be read asks for no rights', async () => {
    await expect(parseOciConfigFile('/proc/self/mem')).rejects.toMatchObject({
      fix: 'Name an ordinary file, on a disk that answers.',
    })
  })

  test.each(['utf16le', 'utf16be'])('of %s without a mark is told as such', async (encoding) => {
    const file = join(folder, encoding)
    const bytes = Buffer.from('[DEFAULT]\r\nuser=u\r\n', 'utf16le')
    writeFileSync(file, encoding === 'utf16be' ? bytes.swap16() : bytes)
    const { diagnostics } = await parseOciConfigFile(file)
    expect(diagnostics).toContainEqual({
      ...{ severity: 'warning', field: null, line: 1, fix: expect.any(String) },
      code: 'NOT_UTF8',
      message: expect.stringMatching(/^The file looks like UTF-16 without a byte order mark/),
    })
  })

  test('may be stdin', () => {
    const program = join(import.meta.dirname, '../../src/cli/main.ts')
    const command = `printf '[A]\\nuser=u\\n' | "${process.execPath}" "${program}" list --output json --config-file /dev/stdin`
    const output = execFileSync('sh', ['-c', command], { encoding: 'utf8' })
    expect(JSON.parse(output)).toMatchObject([{ auth_profile: 'A', user: 'u' }])
  })

  test('may be a pipe that the shell has opened', () => {
    const program = join(import.meta.dirname, '../../src/cli/main.ts')
    const command = `"${process.execPath}" "${program}" list --output json --config-file <(printf '[A]\\nuser=u\\n')`
    const output = execFileSync('bash', ['-c', command], { encoding: 'utf8' })
    expect(JSON.parse(output)).toMatchObject([{ auth_profile: 'A', user: 'u' }])
  })
})
