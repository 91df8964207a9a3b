/** Packs the package and lets two tools judge it: can its files be found, and do its types agree with them? */
import { spawnSync } from 'node:child_process'
import { pack } from './pack.ts'

const packed = await pack()
try {
  const { tarball } = packed
  const verdicts = [
    spawnSync('publint', ['--strict', tarball], { stdio: 'inherit' }),
    spawnSync('attw', ['--profile', 'esm-only', '--no-emoji', tarball], { stdio: 'inherit' }),
  ]
  process.exitCode = verdicts.every(({ status }) => status === 0) ? 0 : 1
} finally {
  packed.remove()
}
