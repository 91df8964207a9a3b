/**
 * What the command line loads at its start, kept small and in one piece: each file and each line that Node reads in vain
 * is time that every command takes.
 */
import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { Plugin } from 'esbuild'

/** A name behind a door: the file that has it, and what it is called there. */
interface Behind {
  file: string
  name: string
}

/**
 * Two things that esbuild does not do by itself when it splits a program.
 * It loads a room whole, for whoever enters by its door (`index.ts`): imports go straight to the file instead.
 * It makes a chunk for each set of commands that share a module: here what is loaded at the start goes into one, because
 * all that is loaded later is made to need it. `start` is the module that leads to everything that is there at once.
 */
export function tightBundle(start: string): Plugin {
  return {
    name: 'tight-bundle',
    setup(build) {
      build.onResolve({ filter: /^\..*\.ts$/ }, ({ kind, resolveDir, path }) => {
        if (kind !== 'dynamic-import') return undefined
        return { path: resolve(resolveDir, path), pluginData: { isLate: true } }
      })
      build.onLoad({ filter: /\.ts$/ }, ({ path, pluginData }) => ({
        loader: 'ts',
        contents: throughDoors(path) + (pluginData?.isLate ? needing(start) : ''),
      }))
    },
  }
}

/** An import alone would be dropped: modules have no side effects. The name stands in nobody's way. */
function needing(start: string): string {
  return `\nexport * as $start from ${JSON.stringify(start)}\n`
}

const IMPORT = /^import\s*\{([^}]*)\}\s*from\s*'(\.[^']*\/index\.ts)'/gm
const EXPORT = /^export\s*\{([^}]*)\}\s*from\s*'(\.[^']*)'/gm
const doors = new Map<string, Map<string, Behind>>()

/** The source of a module, with its imports from doors split up. One with a name that no door has stays as it is. */
function throughDoors(path: string): string {
  return readFileSync(path, 'utf8').replace(IMPORT, (whole, names: string, from: string) => {
    const door = readDoor(resolve(dirname(path), from))
    const imports = valuesIn(names).map(([name, alias]) => {
      const behind = door.get(name)
      return behind && `import { ${behind.name} as ${alias} } from ${JSON.stringify(behind.file)}`
    })
    return imports.includes(undefined) ? whole : imports.join(';')
  })
}

/** Doors hold re-exports and nothing else: a rule of the house. */
function readDoor(file: string): Map<string, Behind> {
  const known = doors.get(file)
  if (known) return known
  const door = new Map<string, Behind>()
  doors.set(file, door)
  for (const [, names = '', from = ''] of readFileSync(file, 'utf8').matchAll(EXPORT)) {
    const target = resolve(dirname(file), from)
    for (const [name, alias] of valuesIn(names)) {
      const further = target.endsWith('/index.ts') ? readDoor(target).get(name) : undefined
      door.set(alias, further ?? { file: target, name })
    }
  }
  return door
}

/** `a, type B, c as d` → a as a, c as d. */
function valuesIn(names: string): [name: string, alias: string][] {
  const parts = names.split(',').map((part) => part.trim())
  return parts
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => {
      const [name = '', alias = name] = part.split(' as ')
      return [name, alias]
    })
}
