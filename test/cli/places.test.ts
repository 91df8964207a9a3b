/** A working directory that is gone, a config file that comes through a pipe. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { section, writeConfig } from './config-files.ts'
import { MAIN, makeFolder } from './program.ts'

const NODE = process.execPath

function shell(script: string, ...args: string[]) {
  const env = { PATH: process.env['PATH'], HOME: makeFolder() }
  return spawnSync('bash', ['-c', script, 'bash', ...args], { encoding: 'utf8', env })
}

describe.skipIf(process.platform === 'win32')('in a working directory that is gone', () => {
  const gone = (command: string) => {
    const folder = join(makeFolder(), 'gone')
    const file = writeConfig(section('A'))
    return shell(
      `mkdir "$1"; cd "$1"; rmdir "$1"; export OCI_CLI_CONFIG_FILE="$4"; exec "$2" "$3" ${command}`,
      ...[folder, NODE, MAIN, file],
    )
  }
  const NOTE = 'The working directory is gone; relative paths count from / now.\n'

  test.each(['list', 'show A', 'doctor --offline', 'env A', 'completion bash'])(
    '%s works',
    (line) => {
      const { stdout, stderr } = gone(line)
      expect(stdout).not.toBe('')
      expect(stderr).toContain(NOTE)
      expect(stderr).not.toContain('INTERNAL_ERROR')
    },
  )

  test('a relative path is not found, and the error says where it was looked for', () => {
    const { stderr } = gone('list --config-file config.of.nobody')
    expect(stderr).toContain(`${NOTE}There is no config file at /config.of.nobody`)
  })
})

describe.skipIf(process.platform === 'win32')(
  'env of a config file that comes through a pipe',
  () => {
    const env = (file: string) => shell(`"$1" "$2" env A --config-file ${file}`, NODE, MAIN)

    test('says that no tool finds the profile there any more', () => {
      const { status, stderr } = env(`<(printf '[A]\\nuser=u\\nkey_file=/k\\n')`)
      expect(status).toBe(0)
      expect(stderr).toMatch(
        /^Left out: user, key_file\. \/dev\/fd\/\d+ is a pipe, .* Name an ordinary/,
      )
    })

    test('says no such thing of an ordinary file', () => {
      const { stderr } = env(writeConfig(section('A')))
      expect(stderr).toMatch(/^Left out: .*\. Tools read them from \[A\] in \/\S+\/config\. /)
    })
  },
)
