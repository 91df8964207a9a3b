/** Which room may import which: the picture in docs/architecture.md as data. */

/** What every room may import. */
export const COMMON_FILES: readonly string[] = ['errors.ts', 'secret.ts', 'trace.ts']

/** What a room of `src/` may import besides itself and the common files. */
export const ROOMS: Readonly<Record<string, readonly string[]>> = {
  schemas: [],
  config: ['schemas'],
  client: ['schemas'],
  settings: ['schemas'],
  database: ['schemas', 'settings'],
  check: ['schemas', 'client'],
  diagnosis: ['schemas', 'config', 'check'],
  registry: ['schemas', 'config', 'check'],
  api: ['schemas', 'registry', 'diagnosis', 'settings', 'database', 'package-root.ts'],
  cli: [
    'schemas',
    'registry',
    'diagnosis',
    'settings',
    'database',
    'package-root.ts',
    'lifecycle.ts',
    'emulator',
  ],
}

const LIBRARY_ROOMS = Object.keys(ROOMS).filter((room) => room !== 'cli')

/** The same for the files beside the rooms. */
export const ROOT_FILES: Readonly<Record<string, readonly string[]>> = {
  'errors.ts': [],
  'secret.ts': [],
  'trace.ts': ['errors.ts'],
  'package-root.ts': [],
  'start-steps.ts': [...LIBRARY_ROOMS, ...COMMON_FILES],
  'listen.ts': [...LIBRARY_ROOMS, ...COMMON_FILES],
  'assemble.ts': [...LIBRARY_ROOMS, ...COMMON_FILES, 'package-root.ts', 'start-steps.ts'],
  'lifecycle.ts': [...LIBRARY_ROOMS, ...COMMON_FILES, 'assemble.ts', 'start-steps.ts', 'listen.ts'],
  'index.ts': [...LIBRARY_ROOMS, ...COMMON_FILES, 'lifecycle.ts'],
}

/** Folders inside a room that have a door of their own to the outside. */
export const SUB_ROOMS: readonly string[] = ['src/schemas/wire']

/** Top-level folders that stand alone: they import nothing of the repository but themselves. */
export const STANDING_ALONE: readonly string[] = ['emulator', 'console', 'examples']

/** `src/config/locate.ts` → `config`; `src/errors.ts` → `errors.ts`; `emulator/x.ts` → `emulator`. */
export function roomOf(path: string): string {
  const [top, second] = path.split('/')
  return top === 'src' && second !== undefined ? second : (top ?? path)
}
