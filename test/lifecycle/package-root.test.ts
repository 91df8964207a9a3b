import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const source = join(import.meta.dirname, '../../src/package-root.ts')

test.each(['checkout', 'dist', 'oci-dist'])(
  'the package is found in a folder called %s',
  (name) => {
    const parent = realpathSync(mkdtempSync(join(tmpdir(), 'package-root-')))
    onTestFinished(() => rmSync(parent, { recursive: true }))
    const root = join(parent, name)
    mkdirSync(join(root, 'dist/src'), { recursive: true })
    writeFileSync(join(root, 'package.json'), '{"type":"module","version":"1.2.3"}')
    const module = join(root, 'dist/src/package-root.ts')
    cpSync(source, module)
    const program = `import { packageRoot, packageVersion } from ${JSON.stringify(module)}
console.log(packageRoot(), packageVersion())`
    const args = ['--input-type=module', '--eval', program]
    const printed = execFileSync(process.execPath, args, { encoding: 'utf8' })
    expect(printed.trim()).toBe(`${root} 1.2.3`)
  },
)
