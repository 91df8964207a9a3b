/** Writes the sample profiles: keys, identities, faults, and the config file that names them. */
import { resolve } from 'node:path'
import { writeSampleFolder } from './sample-folder.ts'
import { makeSampleKeys } from './sample-keys.ts'
import { addIdentity, apiKeyFields, keyFiles, type Material } from './sample-sections.ts'
import { PRINCIPAL_SAMPLES, SAMPLES, type Sample } from './samples.ts'
import type { Emulator } from './start-emulator.ts'

/** `working`: only profiles that work. `all`: also those that do not, each in its own way. */
export type SampleSet = 'working' | 'all'

export interface SampleProfile {
  /** Name of its section, and of its identity where the emulator knows it. */
  name: string
  /** What it shows, in a few words. */
  about: string
  useable: boolean
  /** The code that its check has to give; `null` for a profile that works. */
  code: string | null
}

export interface WrittenSamples {
  configFile: string
  /** In the order of the file. */
  profiles: SampleProfile[]
  /** Variables that the profiles of principals need in the environment; none without them. */
  env: Record<string, string>
}

export interface SampleOptions {
  /** Also profiles of principals, which work where `env` is set. Default false. */
  principals?: boolean
}

/**
 * Makes keys and identities, sets faults, and writes an OCI config file with all that it names to `folder`.
 * Rejects with code EEXIST where the folder holds a config that the emulator did not write.
 */
export async function writeSampleProfiles(
  emulator: Emulator,
  folder: string,
  set: SampleSet = 'all',
  { principals = false }: SampleOptions = {},
): Promise<WrittenSamples> {
  const keys = await makeSampleKeys()
  const absolute = resolve(folder)
  const env: Record<string, string> = {}
  const material = { emulator, folder: absolute, keys, files: keyFiles(keys), env }
  const ofUsers = SAMPLES.filter(({ code }) => set === 'all' || code === null)
  const samples = [...ofUsers, ...(principals ? PRINCIPAL_SAMPLES : [])]

  const sections: string[] = []
  for (const sample of samples) sections.push(await writeSection(sample, material))
  const config = `# Valid as long as the emulator runs at ${emulator.url}\n\n${sections.join('\n')}`
  const configFile = await writeSampleFolder(absolute, config, material.files)
  const profiles = samples.map(({ name, about, code }) => ({
    name,
    about,
    code,
    useable: code === null,
  }))
  return { configFile, profiles, env }
}

async function writeSection(sample: Sample, material: Material): Promise<string> {
  const { name, about, code, known, change = (fields) => fields } = sample
  if (known !== undefined) addIdentity(name, known, material)
  const fields = await change(apiKeyFields(name, material), material)
  const lines = Object.entries(fields).map(([key, value]) => `${key}=${value}\n`)
  const verdict = code === null ? 'works' : `does not work: ${code}`
  return `[${name}]\n# ${about} (${verdict})\n${lines.join('')}`
}
