/** The package as somebody has it who installed it: unpacked into a project of its own, sources out of reach. */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pack } from '../../scripts/pack.ts'

const root = join(import.meta.dirname, '../..')
const project = mkdtempSync(join(tmpdir(), 'installed-'))
const modules = join(project, 'node_modules')
const manifest: { version: string; dependencies: object; exports: object } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
)
const doors = Object.keys(manifest.exports)
  .filter((door) => door !== './package.json')
  .map((door) => door.replace('.', 'oci-profiles'))

beforeAll(async () => {
  mkdirSync(modules)
  for (const name of [...Object.keys(manifest.dependencies), '@types/node']) linkModule(name)
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  const packed = await pack()
  try {
    execFileSync('tar', ['-xzf', packed.tarball, '-C', modules])
    execFileSync('mv', [join(modules, 'package'), join(modules, 'oci-profiles')])
  } finally {
    packed.remove()
  }
})
afterAll(() => rmSync(project, { recursive: true }))

function linkModule(name: string): void {
  mkdirSync(dirname(join(modules, name)), { recursive: true })
  symlinkSync(join(root, 'node_modules', name), join(modules, name))
}

/** This machine's own, without its OCI settings. */
const others = Object.entries(process.env).filter(([name]) => !name.startsWith('OCI_'))
const options = { cwd: project, env: { ...Object.fromEntries(others), HOME: project } }
const command = join(modules, 'oci-profiles/bin/oci-profiles.cjs')

function runNode(args: string[]) {
  return spawnSync(process.execPath, args, { ...options, encoding: 'utf8' })
}

/** Resolves with the first match in what a program prints. */
function untilPrinted(stream: Readable, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const match = pattern.exec(text)
      if (match) resolve(match[0])
    })
    stream.on('end', () => reject(new Error(`never printed ${pattern}: ${text}`)))
  })
}

describe('the installed package', () => {
  test('exports these names, and no others', async () => {
    const program = `
      const names = {}
      for (const door of ${JSON.stringify(doors)}) names[door] = Object.keys(await import(door)).sort()
      console.log(JSON.stringify(names))`
    const { stdout, stderr } = runNode(['--input-type=module', '-e', program])
    expect(stderr).toBe('')
    const names: [string, string[]][] = Object.entries(JSON.parse(stdout))
    const text = names.map(
      ([door, exported]) => `${door}\n${exported.map((name) => `  ${name}\n`).join('')}`,
    )
    await expect(text.join('\n')).toMatchFileSnapshot('exported-names.txt')
  })

  test('has types that a strict project can use', () => {
    const imports = doors.map((door, index) => `import * as door${index} from '${door}'`)
    const uses = doors.map((_, index) => `door${index}`).join(', ')
    writeFileSync(join(project, 'use.ts'), `${imports.join('\n')}\nconsole.log(${uses})\n`)
    const rules = [
      '--strict',
      '--noEmit',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--types',
      'node',
    ]
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { status, stdout } = runNode([compiler, ...rules, 'use.ts'])
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })

  test('runs its command line, which finds nothing of the sources missing', () => {
    expect(runNode([command, '--version']).stdout).toContain(manifest.version)
    mkdirSync(join(project, '.oci'))
    writeFileSync(join(project, '.oci/config'), '[A]\nuser=u\n')
    const listed = runNode([command, 'list', '--output', 'json'])
    expect(JSON.parse(listed.stdout)).toMatchObject([{ auth_profile: 'A', user: 'u' }])
  })

  test('serves from its bundle, pages included, until it is told to stop', async () => {
    const args = [command, 'serve', '--port', '0']
    const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 'pipe', 'ignore'] })
    const ended = once(child, 'exit')
    try {
      const url = await untilPrinted(child.stdout, /http:\/\/127\.0\.0\.1:\d+/)
      for (const path of [
        '/',
        '/v1/health/live',
        '/docs/',
        '/docs/swagger-ui.css',
        '/docs/errors',
      ]) {
        const response = await fetch(`${url}${path}`)
        // A stop waits for answers that are not read to their end.
        await response.text()
        expect({ path, status: response.status }).toEqual({ path, status: 200 })
      }
    } finally {
      child.kill('SIGTERM')
    }
    expect(await ended).toEqual([0, null])
  })
})
