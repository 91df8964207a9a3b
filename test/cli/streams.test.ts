/** Streams: what is written to a pipe that nobody reads, to a full disk, and what is never read. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { section, writeConfig } from './config-files.ts'
import { MAIN, runProgram } from './program.ts'

/** A line for the shell; `"$@"` is the program. */
function shell(line: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)('sh', ['-c', line, 'sh', process.execPath, MAIN, ...args])
}

describe('output', () => {
  const many = () => {
    const sections = Array.from({ length: 3000 }, (_, index) => section(`P${index}`))
    return writeConfig(sections.join('\n'))
  }

  test('into a pipe that is closed early ends without a word', async () => {
    const args = ['list', '--config-file', many()]
    const { stdout, stderr } = await shell('"$@" | head -1', args)
    expect(stdout).toMatch(/^AUTH_PROFILE /)
    expect(stderr).toBe('')
  })

  test('of thousands of profiles arrives whole', async () => {
    const args = ['list', '--output', 'json', '--config-file', many()]
    const { stdout } = await runProgram(args)
    expect(JSON.parse(stdout)).toHaveLength(3000)
  })

  test('onto a full disk is an error', async () => {
    const args = ['list', '--config-file', writeConfig(section('ONE'))]
    const { stdout, stderr } = await shell('"$@" >/dev/full; echo "exit code $?"', args)
    expect(stdout).toBe('exit code 1\n')
    expect(stderr).toMatch(/^error: the output could not be written: ENOSPC/)
  })

  test('onto a full disk is one error, however long it is', async () => {
    const file = writeConfig(Array.from({ length: 300 }, (_, at) => section(`P${at}`)).join(''))
    const args = ['doctor', '--offline', '--config-file', file]
    const { stdout, stderr } = await shell('"$@" >/dev/full; echo "exit code $?"', args)
    expect(stdout).toBe('exit code 1\n')
    expect(stderr).toMatch(/^error: the output could not be written: ENOSPC.*\n$/)
  })
})

describe('without any stream', () => {
  test('to read from, a command ends as usual', async () => {
    const args = ['list', '--config-file', writeConfig(section('ONE'))]
    const { stdout } = await shell('"$@" <&- && echo fine', args)
    expect(stdout).toMatch(/fine\n$/)
  })

  test('to write to, the exit code still tells', async () => {
    const args = ['check', '--config-file', writeConfig(section('ONE'))]
    const { stdout } = await shell('("$@" >&- 2>&-; echo $?)', args)
    expect(stdout).toBe('1\n')
  })
})
