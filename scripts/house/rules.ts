/** The rules over the import graph. Each is a function from the graph to what breaks it. */
import { posix } from 'node:path'
import { findCycles } from './cycles.ts'
import type { ImportEdge, ModuleFile, UseKind } from './module-file.ts'
import type { ModuleGraph } from './module-graph.ts'
import { COMMON_FILES, roomOf, ROOMS, ROOT_FILES, STANDING_ALONE, SUB_ROOMS } from './rooms.ts'

export interface HouseFinding {
  rule: RuleName
  path: string
  line: number
  message: string
}

type Rule = (graph: ModuleGraph) => Omit<HouseFinding, 'rule'>[]

/** Files with a good reason to read the process's environment. */
const ENVIRONMENT_READERS =
  /^src\/(?:settings\/|config\/(?:locate|environment)\.ts$|client\/environment\.ts$)/

const RULES = {
  'rooms-in-table': eachFile((file) => {
    if (!file.path.startsWith('src/')) return []
    const room = roomOf(file.path)
    if (Object.hasOwn(ROOMS, room) || Object.hasOwn(ROOT_FILES, room)) return []
    return [finding(file, 1, `"${room}" is not in the table of rooms`)]
  }),
  'rooms-one-way': eachImport((file, edge) => {
    if (!isInSource(file.path) || edge.target === null) return null
    if (!isInSource(edge.target) && roomOf(edge.target) !== 'emulator') return null
    const from = roomOf(file.path)
    const to = roomOf(edge.target)
    const allowed = ROOMS[from] ?? ROOT_FILES[from] ?? []
    if (from === to || allowed.includes(to)) return null
    if (Object.hasOwn(ROOMS, from) && COMMON_FILES.includes(to)) return null
    return `${from} may not import ${to}`
  }),
  'rooms-by-their-door': eachImport((file, edge) => {
    if (edge.target === null || !isHoused(file.path) || !isHoused(edge.target)) return null
    const passed = foldersEntered(file.path, edge.target)
    const inner = passed.at(-1)
    if (inner === undefined) return null
    if (posix.basename(edge.target) !== 'index.ts') return `enter ${inner}/ by its index.ts`
    if (passed.length === 1 || SUB_ROOMS.includes(inner)) return null
    return `${inner}/ is an inner room: enter ${passed[0]}/ by its index.ts`
  }),
  'no-cycles': (graph) =>
    findCycles(graph).map((cycle) => ({
      path: cycle[0] ?? '',
      line: 1,
      message: `cycle: ${[...cycle, cycle[0]].join(' -> ')}`,
    })),
  'no-orphans': (graph) => {
    const reached = reachable(graph, [...graph.keys()].filter(isDoor))
    return [...graph.values()]
      .filter((file) => isHoused(file.path) && !reached.has(file.path))
      .map((file) => finding(file, 1, 'no door leads to this file'))
  },
  'reader-is-pure': (graph) =>
    [...reachable(graph, [...graph.keys()].filter(isPureReader))]
      .map((path) => graph.get(path))
      .filter((file) => file !== undefined)
      .flatMap((file) =>
        file.imports
          .filter((edge) => edge.target === null)
          .map((edge) => finding(file, edge.line, `the pure reader reaches "${edge.specifier}"`)),
      ),
  'sdk-in-client-only': eachImport((file, edge) =>
    isInSource(file.path) && roomOf(file.path) !== 'client' && edge.specifier?.startsWith('oci-')
      ? `only client/ knows the SDK: "${edge.specifier}"`
      : null,
  ),
  'source-stays-inside': eachImport((file, edge) =>
    isInSource(file.path) && edge.target !== null && !isHoused(edge.target)
      ? `src/ imports ${edge.target}`
      : null,
  ),
  'standing-alone': eachImport((file, edge) => {
    const top = file.path.split('/')[0] ?? ''
    if (!STANDING_ALONE.includes(top) || edge.target === null) return null
    return edge.target.startsWith(`${top}/`) ? null : `${top}/ imports ${edge.target}`
  }),
  'imports-readable': eachImport((file, edge) => {
    if (!isHoused(file.path)) return null
    if (edge.specifier === null) return 'the target of this import cannot be read from the source'
    return /^oci-profiles(?:\/|$)/.test(edge.specifier)
      ? 'the package imports itself by name'
      : null
  }),
  'doors-name-names': eachFile((file) => {
    if (!isHoused(file.path) || posix.basename(file.path) !== 'index.ts') return []
    const own = file.path === 'src/index.ts' ? file.ownStatements : []
    return [
      ...file.starExports.map((line) => finding(file, line, 'export by name, not *')),
      ...own.map((line) => finding(file, line, 'index.ts holds re-exports only')),
    ]
  }),
  'environment-at-the-edge': noUse('process.env', (path) => ENVIRONMENT_READERS.test(path)),
  'exit-in-main': noUse('process.exit', (path) => path === 'src/cli/main.ts'),
  'library-is-silent': noUse('print', (path) => path.startsWith('src/cli/')),
} satisfies Record<string, Rule>

export type RuleName = keyof typeof RULES

export const RULE_NAMES = Object.keys(RULES) as RuleName[]

export function findBrokenRules(graph: ModuleGraph): HouseFinding[] {
  return RULE_NAMES.flatMap((rule) => RULES[rule](graph).map((found) => ({ rule, ...found })))
}

function eachFile(check: (file: ModuleFile) => Omit<HouseFinding, 'rule'>[]): Rule {
  return (graph) => [...graph.values()].flatMap(check)
}

function eachImport(check: (file: ModuleFile, edge: ImportEdge) => string | null): Rule {
  return eachFile((file) =>
    file.imports.flatMap((edge) => {
      const message = check(file, edge)
      return message === null ? [] : [finding(file, edge.line, message)]
    }),
  )
}

function noUse(kind: UseKind, isAllowed: (path: string) => boolean): Rule {
  return eachFile((file) => {
    if (!isHoused(file.path) || isAllowed(file.path)) return []
    return file.uses
      .filter((use) => use.kind === kind)
      .map((use) => finding(file, use.line, `${kind} is not for this file`))
  })
}

function finding(file: ModuleFile, line: number, message: string): Omit<HouseFinding, 'rule'> {
  return { path: file.path, line, message }
}

function isInSource(path: string): boolean {
  return path.startsWith('src/')
}

/** What is shipped: `src/` and `emulator/`. */
function isHoused(path: string): boolean {
  return isInSource(path) || path.startsWith('emulator/')
}

/** Where reading may begin: the doors of rooms and the command line's main. */
function isDoor(path: string): boolean {
  if (path === 'src/cli/main.ts' || path === 'src/index.ts' || path === 'emulator/index.ts')
    return true
  return (
    /^src\/[^/]+\/index\.ts$/.test(path) || SUB_ROOMS.some((room) => path === `${room}/index.ts`)
  )
}

function isPureReader(path: string): boolean {
  return /^src\/config\/(?:sections|profile)(?:\.ts$|\/)/.test(path)
}

/** Folders that the way from one file to another leads into, outermost first. */
function foldersEntered(from: string, to: string): string[] {
  const inside = posix.dirname(from).split('/')
  const target = posix.dirname(to).split('/')
  const common = target.findIndex((part, index) => part !== inside[index])
  if (common === -1) return []
  // src/ and emulator/ are not rooms of one another: the first part is no door of src.
  const first = Math.max(common, target[0] === 'src' ? 1 : 0)
  return target.slice(first).map((_, index) => target.slice(0, first + index + 1).join('/'))
}

function reachable(graph: ModuleGraph, starts: readonly string[]): Set<string> {
  const reached = new Set<string>()
  const waiting = [...starts]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path) || !graph.has(path)) continue
    reached.add(path)
    for (const edge of graph.get(path)?.imports ?? []) {
      if (edge.target !== null) waiting.push(edge.target)
    }
  }
  return reached
}
