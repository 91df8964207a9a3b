/** Options as words of a line: `--config-file`, and whether a value follows. */
import { FLAGS, type FlagName } from './flags.ts'

/** The option of that name, `null` for a word that is none. */
export function flagOf(word: string): FlagName | null {
  const names = Object.keys(FLAGS) as FlagName[]
  return names.find((name) => optionName(name) === word) ?? null
}

export function optionName(flag: FlagName): string {
  return FLAGS[flag].usage.split(' ')[0] ?? ''
}

export function takesValue(flag: FlagName): boolean {
  return FLAGS[flag].usage.includes('<')
}
