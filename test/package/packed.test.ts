import { execFileSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pack, type Packed } from '../../scripts/pack.ts'

const root = join(import.meta.dirname, '../..')

interface Manifest {
  bin: Record<string, string>
  exports: Record<string, string | Record<string, string>>
}

function readManifest(text: string): Manifest & Record<string, unknown> {
  return JSON.parse(text)
}

describe('the package that npm makes', () => {
  let packed: Packed
  let manifest: Manifest & Record<string, unknown>

  beforeAll(async () => {
    packed = await pack()
    const args = ['-xzOf', packed.tarball, 'package/package.json']
    manifest = readManifest(execFileSync('tar', args, { encoding: 'utf8' }))
  })
  afterAll(() => packed?.remove())

  test.each(['optionalDependencies', 'devDependencies', 'scripts', 'allowScripts'])(
    'has no %s in its manifest',
    (key) => expect(manifest).not.toHaveProperty(key),
  )

  test('keeps all else of the manifest', () => {
    const {
      optionalDependencies: _node,
      devDependencies: _tools,
      scripts: _scripts,
      allowScripts: _allowed,
      overrides: _overrides,
      scarfSettings: _reports,
      ...rest
    } = readManifest(readFileSync(join(root, 'package.json'), 'utf8'))
    expect(manifest).toEqual(rest)
  })

  test('brings no Node along, by any name', () => {
    expect(JSON.stringify(manifest)).not.toMatch(/"node-(linux|win|darwin)/)
  })

  test('holds every file that its manifest points to', () => {
    const targets = Object.values(manifest.exports).flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    )
    const wanted = [...targets, ...Object.values(manifest.bin)].map((path) =>
      path.replace(/^\.\//, ''),
    )
    expect(wanted.filter((path) => !packed.files.includes(path))).toEqual([])
  })

  test('holds the command line, the licence and the pages, but neither sources nor tests', () => {
    expect(packed.files).toEqual(expect.arrayContaining(['dist/cli.js', 'LICENSE', 'README.md']))
    const tops = new Set(packed.files.map((path) => path.split('/')[0] ?? ''))
    for (const folder of [
      'src',
      'test',
      'emulator',
      'scripts',
      'bench',
      'node_modules',
      '.cache',
    ]) {
      expect(tops).not.toContain(folder)
    }
  })
})

describe('packed-manifest', () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'))
  const file = join(folder, 'package.json')
  const run = (task: string) =>
    execFileSync(process.execPath, [join(root, 'scripts/packed-manifest.ts'), task], {
      cwd: folder,
    })
  afterAll(() => rmSync(folder, { recursive: true }))

  test('restores the manifest byte by byte, even after a run that did not come to its end', () => {
    copyFileSync(join(root, 'package.json'), file)
    const whole = readFileSync(file)
    run('make')
    expect(readFileSync(file)).not.toEqual(whole)
    run('make')
    run('restore')
    expect(readFileSync(file)).toEqual(whole)
    run('restore')
    expect(readFileSync(file)).toEqual(whole)
  })
})
