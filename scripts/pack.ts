/** Packs the package as `npm publish` would, from a copy: packing rewrites package.json, which others read meanwhile. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

export interface Packed {
  /** Absolute path of the tarball; gone after `remove`. */
  tarball: string
  /** Paths inside the package. */
  files: string[]
  remove(): void
}

const NOT_COPIED = new Set(['.git', '.cache', 'node_modules', 'dist', 'coverage'])
const root = join(import.meta.dirname, '..')

/** Rejects with npm's own words when the build or the packing fails. */
export async function pack(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), 'oci-profiles-pack-'))
  const remove = () => rmSync(folder, { recursive: true, force: true })
  try {
    const copy = join(folder, 'copy')
    cpSync(root, copy, { recursive: true, filter: (path) => !NOT_COPIED.has(basename(path)) })
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const report = await npmPack(copy, folder)
    const files = report.files.map(({ path }) => path)
    return { tarball: join(folder, report.filename), files, remove }
  } catch (error) {
    remove()
    throw error
  }
}

interface PackReport {
  filename: string
  files: { path: string }[]
}

async function npmPack(source: string, destination: string): Promise<PackReport> {
  const args = ['pack', '--json', '--pack-destination', destination]
  const stdout = await new Promise<string>((resolve, reject) => {
    execFile('npm', args, { cwd: source }, (error, output, notes) => {
      if (error) reject(new Error(`npm pack failed:\n${output}${notes}`))
      else resolve(output)
    })
  })
  const [report]: PackReport[] = JSON.parse(stdout)
  if (report === undefined) throw new Error('npm pack reported nothing')
  return report
}
