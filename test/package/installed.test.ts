/** The package as somebody has it who installed it: unpacked into a project of its own, sources out of reach. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

/** Runs a program in the project, without this machine's own OCI settings. */
function runNode(args: string[]) {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith('OCI_'))
  const env = { ...Object.fromEntries(others), HOME: project }
  return spawnSync(process.execPath, args, { cwd: project, env, encoding: 'utf8' })
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
    const options = [
      '--strict',
      '--noEmit',
      '--skipLibCheck',
      '--module',
      'nodenext',
      '--types',
      'node',
    ]
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const { status, stdout } = runNode([compiler, ...options, 'use.ts'])
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' })
  })

  test('runs its command line, which finds nothing of the sources missing', () => {
    const command = join(modules, 'oci-profiles/bin/oci-profiles.cjs')
    expect(runNode([command, '--version']).stdout).toContain(manifest.version)
    mkdirSync(join(project, '.oci'))
    writeFileSync(join(project, '.oci/config'), '[A]\nuser=u\n')
    const listed = runNode([command, 'list', '--output', 'json'])
    expect(JSON.parse(listed.stdout)).toMatchObject([{ auth_profile: 'A', user: 'u' }])
  })
})
