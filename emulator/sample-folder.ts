/** The folder that samples are written to: only its owner reads it, and nothing in it that is not ours is touched. */
import { lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** First line of the config file: by it the emulator knows its own. */
const MARK = '# Made by the oci-profiles emulator. It may overwrite or delete this folder.'
const CONFIG = 'config'
const OURS = ['keys', 'sessions', 'principals']

export interface SampleFile {
  /** Relative to the folder. */
  path: string
  text: string
}

/**
 * Writes config and files (0600, folders 0700) and returns the config's absolute path. Earlier samples are replaced.
 * Rejects with code EEXIST where the folder holds a config or keys that the emulator did not write.
 */
export async function writeSampleFolder(
  folder: string,
  config: string,
  files: readonly SampleFile[],
): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await claim(folder)
  const configFile = join(folder, CONFIG)
  // The config first: with its mark, a folder that was left half written can be claimed again.
  await writePrivate(configFile, `${MARK}\n${config}`)
  for (const { path, text } of files) await writePrivate(join(folder, path), text)
  return configFile
}

async function claim(folder: string): Promise<void> {
  if (await isOurs(join(folder, CONFIG))) {
    for (const name of OURS) await rm(join(folder, name), { recursive: true, force: true })
    return
  }
  for (const name of [CONFIG, ...OURS]) {
    const path = join(folder, name)
    if (await exists(path)) throw alreadyThere(path)
  }
}

async function isOurs(configFile: string): Promise<boolean> {
  try {
    const text = await readFile(configFile, 'utf8')
    return text.startsWith(`${MARK}\n`)
  } catch {
    return false
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  )
}

function alreadyThere(path: string): Error {
  const message = `${path} is there already and was not made by the emulator: choose another folder`
  return Object.assign(new Error(message), { code: 'EEXIST', path })
}

async function writePrivate(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await rm(path, { force: true })
  await writeFile(path, text, { mode: 0o600, flag: 'wx' })
}
