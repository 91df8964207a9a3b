/** Fixes on a real terminal: what is there to be copied into a shell or a file comes in one piece at every width. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { testKey } from '../fixtures/identities.ts'
import { section, writeConfig } from './config-files.ts'
import { canUseTerminal, runOnTerminal } from './on-terminal.ts'
import { makeFolder, runHere } from './program.ts'

const WIDTHS = [40, 60, 80, 100, 120]
const FAR_AWAY = 'a folder/with a long name/that is/below others'

/** A file at a long path. */
function writeFarAway(name: string, text: string): string {
  const path = join(makeFolder(), FAR_AWAY, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text, { mode: 0o600 })
  return path
}

/** The lines of a terminal of that width, colours taken off. */
async function linesAt(columns: number, args: readonly string[]): Promise<string[]> {
  const { output } = await runOnTerminal(args, { columns, env: { NO_COLOR: '1' } })
  return output.split('\r\n')
}

async function oneLineOf(args: readonly string[], pattern: RegExp): Promise<string> {
  const { stdout } = await runHere(args)
  return pattern.exec(stdout)?.[1] ?? ''
}

describe.runIf(canUseTerminal)('on a terminal of any width', () => {
  test('a command that rewrites a key comes in one piece, and works', async () => {
    const key = await testKey()
    const key_file = writeFarAway('key.pem', key.privatePem.replaceAll('\n', '\n\n'))
    const file = writeConfig(section('A', { key_file, fingerprint: key.fingerprint }))
    const args = ['doctor', '--offline', '--config-file', file]
    const command = await oneLineOf(args, /Run: (\(umask.*)$/m)
    expect(command).toMatch(/ > \S.* && mv /)
    for (const columns of WIDTHS) {
      const lines = await linesAt(columns, args)
      expect(lines.filter((line) => line.includes(command))).toHaveLength(1)
      expect(lines.filter((line) => line.trim() === command)).toHaveLength(1)
    }
    expect(execFileSync('sh', ['-c', command], { encoding: 'utf8' })).toBe('')
    expect(readFileSync(key_file, 'utf8')).toBe(key.privatePem)
  })

  test.each([
    ['check', ['check', 'A']],
    ['doctor', ['doctor', '--offline', 'A']],
    ['show', ['show', 'A', '--check']],
  ])('the sign-in that %s asks for comes in one piece', async (_, command) => {
    const { privatePem } = await testKey()
    const payload = Buffer.from('{"exp":1,"jwk":"{}"}').toString('base64url')
    const fields = {
      key_file: writeFarAway('key.pem', privatePem),
      security_token_file: writeFarAway('token', `e30.${payload}.e30`),
    }
    const file = writeConfig(section('A', fields))
    const args = [...command, '--config-file', file]
    const signIn = await oneLineOf(args, /(oci session authenticate .*)$/m)
    expect(signIn).toMatch(/ --region \S+ --config-location \S+$/)
    for (const columns of WIDTHS) {
      const lines = await linesAt(columns, args)
      expect(lines.filter((line) => line.includes(signIn))).not.toEqual([])
    }
  })

  test('a value to write keeps its key, and a path its blanks', async () => {
    const { publicPem, privatePem } = await testKey()
    const key_file = writeFarAway('key_public.pem', publicPem)
    writeFileSync(join(dirname(key_file), 'key.pem'), privatePem)
    const upper = '20:3B:97:13:55:1C:5B:0D:D3:37:D8:50:4E:C5:3A:34'
    const file = writeConfig(section('A', { key_file, fingerprint: upper }))
    const args = ['doctor', '--offline', '--config-file', file]
    for (const columns of WIDTHS) {
      const text = (await linesAt(columns, args)).join('\n')
      expect(text).toContain(`key_file = ${join(dirname(key_file), 'key.pem')}`)
      expect(text).toContain(`fingerprint = ${upper.toLowerCase()}`)
    }
  })

  test('prose behind a command is wrapped, apart from it', async () => {
    const file = writeConfig(section('A', { key_file: '/k.pem', region: 'EU-frankfurt-1' }))
    const lines = await linesAt(40, ['doctor', '--offline', '--config-file', file])
    const prose = lines.filter((line) => /^ {4}/.test(line) && !/ = |^ +\S+$/.test(line))
    expect(prose.length).toBeGreaterThan(3)
    for (const line of prose) expect(line.length).toBeLessThanOrEqual(40)
  })
})
