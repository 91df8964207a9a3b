/** What the files for deployment may refer to: files, commands and variables of this package. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { COMMANDS } from '../../src/cli/commands/index.ts'
import { SETTING_NAMES, SETTINGS } from '../../src/settings/index.ts'

export const ROOT = join(import.meta.dirname, '../..')

export function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export const manifest: { version: string; engines: { node: string }; bin: Record<string, string> } =
  JSON.parse(readText('package.json'))

export const COMMAND_NAMES: readonly string[] = Object.keys(COMMANDS)

/** Variables that set something, whatever else is read. */
const SETTING_VARIABLES: readonly string[] = SETTING_NAMES.map((name) => SETTINGS[name].env)

/** Variables that are no settings of ours: of Node, of the system, and one of the OCI CLI that the diagnosis heeds. */
const OTHER_VARIABLES: readonly string[] = [
  'HOME',
  'NODE_ENV',
  'OCI_CLI_SUPPRESS_FILE_PERMISSIONS_WARNING',
]

export function unknownVariables(names: readonly string[]): string[] {
  return names.filter((name) => ![...SETTING_VARIABLES, ...OTHER_VARIABLES].includes(name))
}
