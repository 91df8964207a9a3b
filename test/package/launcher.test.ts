import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { transform } from 'esbuild'
import { afterAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })))

interface Install {
  /** Lowest Node that the package takes. */
  needs: string
  /** Shell script that stands for the Node that came with the package. */
  pinned?: string
  /** Text of dist/cli.js. */
  cli?: string
}

/** An installed package in a temporary folder; answers the path of its launcher. */
function install({ needs, pinned, cli }: Install): string {
  const folder = mkdtempSync(join(tmpdir(), 'launcher-'))
  folders.push(folder)
  cpSync(join(root, 'bin'), join(folder, 'bin'), { recursive: true })
  const manifest = { type: 'module', engines: { node: `>=${needs}` } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
  if (pinned !== undefined) {
    const home = join(folder, `node_modules/node-${process.platform}-${process.arch}`)
    mkdirSync(join(home, 'bin'), { recursive: true })
    writeFileSync(join(home, 'package.json'), JSON.stringify({ version: needs }))
    writeFileSync(join(home, 'bin/node'), `#!/bin/sh\n${pinned}\n`)
    chmodSync(join(home, 'bin/node'), 0o755)
  }
  if (cli !== undefined) {
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist/cli.js'), cli)
  }
  return join(folder, 'bin/oci-profiles.cjs')
}

function run(launcher: string, ...args: string[]) {
  return spawnSync(process.execPath, [launcher, ...args], { encoding: 'utf8' })
}

describe('on a Node that is new enough, the launcher', () => {
  test('runs the built command line with its arguments', () => {
    const launcher = install({
      needs: '24.0',
      cli: 'console.log(process.argv.slice(2).join());process.exitCode = 3',
    })
    expect(run(launcher, 'show', 'A B')).toMatchObject({
      status: 3,
      stdout: 'show,A B\n',
      stderr: '',
    })
  })

  test('keeps NO_COLOR without a word where FORCE_COLOR is set, too, and hides no other warning', () => {
    const launcher = install({
      needs: '24.0',
      cli: `import 'node:fs/promises'
        import 'node:assert'
        process.stderr.getColorDepth?.()
        process.emitWarning('something else')`,
    })
    const env = { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1', FORCE_COLOR: '1' }
    const { stderr } = spawnSync(process.execPath, [launcher], { encoding: 'utf8', env })
    expect(stderr).toContain('Warning: something else')
    expect(stderr).not.toContain('NO_COLOR')
  })

  test('says so when there is nothing to run', () => {
    expect(run(install({ needs: '24.0' }))).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('npm run build'),
    })
  })
})

describe('on an older Node, the launcher', () => {
  test('runs itself on the Node that came with the package, and passes arguments and exit code', () => {
    const launcher = install({ needs: '99.1.0', pinned: 'printf "%s|" "$@"; exit 7' })
    expect(run(launcher, 'list', '--output', 'a b')).toMatchObject({
      status: 7,
      stdout: `${launcher}|list|--output|a b|`,
    })
  })

  // Without a listener, Node opens a debugger by SIGUSR1, and SIGUSR2 ends it.
  const signals = ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const

  test.each(signals)('passes %s on and waits', async (signal) => {
    const pinned = `trap 'echo got; exit 5' ${signal.slice(3)}; echo ready; for i in $(seq 200); do sleep 0.05; done`
    const child = spawn(process.execPath, [install({ needs: '99.1', pinned })], {
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    let told = ''
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()))
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (output === 'ready\n') child.kill(signal)
    })
    const [code] = await once(child, 'close')
    expect({ code, output, told }).toEqual({ code: 5, output: 'ready\ngot\n', told: '' })
  })

  test('ends with the code of a signal that ended the other Node', () => {
    expect(run(install({ needs: '99.1', pinned: 'kill -KILL $$' }))).toMatchObject({ status: 137 })
  })

  test('names the Node that is needed, the one that runs, and a way to get it', () => {
    const result = run(install({ needs: '99.1' }), 'list')
    expect(result).toMatchObject({ status: 2, stdout: '' })
    expect(result.stderr).toContain('Node 99.1')
    expect(result.stderr).toContain(process.version.slice(1))
    expect(result.stderr).toContain('https://nodejs.org/')
  })

  test('takes no Node along that is too old itself', () => {
    const launcher = install({ needs: '99.1', pinned: 'exit 0' })
    const folder = join(launcher, '../..')
    writeFileSync(
      join(folder, `node_modules/node-${process.platform}-${process.arch}/package.json`),
      JSON.stringify({ version: '98.9.9' }),
    )
    expect(run(launcher)).toMatchObject({ status: 2 })
  })
})

test.each(['find-node.cjs', 'oci-profiles.cjs'])(
  '%s has no syntax that Node 12 cannot read',
  async (name) => {
    const text = readFileSync(join(root, 'bin', name), 'utf8')
    const [old, current] = await Promise.all(
      ['node12.20', 'esnext'].map((target) => transform(text, { target, format: 'cjs' })),
    )
    expect(old?.code).toBe(current?.code)
  },
)

test('the command of this checkout starts and knows its own version', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const args = [join(root, 'bin/oci-profiles.cjs'), '--version']
  expect(execFileSync(process.execPath, args, { encoding: 'utf8' })).toContain(version)
})
