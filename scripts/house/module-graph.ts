/** The sources below a root → files with their imports, in the order of their paths. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readModule, type ModuleFile } from './module-file.ts'

export type ModuleGraph = ReadonlyMap<string, ModuleFile>

const FOLDERS = ['src', 'emulator', 'console', 'examples', 'bench', 'scripts', 'test']
const SOURCE = /\.(?:[cm]?ts|tsx|mjs)$/
const SKIPPED = new Set(['node_modules', 'dist', 'fixtures'])

/** Folders that are not there count as empty. */
export function readModuleGraph(root: string): ModuleGraph {
  const paths = FOLDERS.flatMap((folder) => listSources(root, folder)).toSorted()
  return new Map(
    paths.map((path) => [path, readModule(path, readFileSync(join(root, path), 'utf8'))]),
  )
}

function listSources(root: string, folder: string): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : listSources(root, path)
    return SOURCE.test(entry.name) ? [path] : []
  })
}
