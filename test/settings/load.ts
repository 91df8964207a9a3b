/** Settings of an invented machine: nothing of the real one shows through. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import {
  loadSettings,
  SETTINGS,
  type Environment,
  type Flags,
  type SettingName,
  type Settings,
} from '../../src/settings/index.ts'
import type { Logger } from '../../src/schemas/index.ts'
import { tempFolder } from './temp-folder.ts'

export interface Machine {
  env?: Environment
  flags?: Flags
  /** Text of `.env`. */
  dotEnv?: string
  /** Content of `configuration.json`; an object is written as JSON. */
  file?: string | Record<string, unknown>
  logger?: Logger
}

export async function loadOn(machine: Machine, folder?: string): Promise<Settings> {
  const cwd = folder ?? (await tempFolder())
  const { env = {}, flags, dotEnv, file, logger } = machine
  if (dotEnv !== undefined) await writeFile(join(cwd, '.env'), dotEnv)
  if (file !== undefined) {
    const text = typeof file === 'string' ? file : JSON.stringify(file)
    await writeFile(join(cwd, 'configuration.json'), text)
  }
  return loadSettings({ env, flags, cwd, home: '/home/somebody', platform: 'linux', logger })
}

/** An environment with one setting in it. */
export function envOf(name: SettingName, text: string): Environment {
  return { [SETTINGS[name].env]: text }
}
