/** The folder that samples are written to: only its owner reads it, and nothing in it that is not ours is touched. */
import { lstat, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
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
 * Rejects with code EEXIST where the folder holds a config or keys that the emulator did not write, or those of one that runs.
 */
export async function writeSampleFolder(
  folder: string,
  config: string,
  files: readonly SampleFile[],
): Promise<string> {
  await makeFolder(folder)
  await claim(folder, config)
  const configFile = join(folder, CONFIG)
  // The config first: with its mark, a folder that was left half written can be claimed again.
  await writePrivate(configFile, `${MARK}\n${config}`)
  for (const { path, text } of files) await writePrivate(join(folder, path), text)
  return configFile
}

async function claim(folder: string, config: string): Promise<void> {
  const earlier = await readOurs(join(folder, CONFIG))
  if (earlier !== null) {
    await assertEnded(folder, addressIn(earlier), addressIn(config))
    for (const name of OURS) await rm(join(folder, name), { recursive: true, force: true })
    return
  }
  for (const name of [CONFIG, ...OURS]) {
    const path = join(folder, name)
    if (await exists(path)) throw alreadyThere(path)
  }
}

/** Text of a config file that the emulator wrote, else `null`. */
async function readOurs(configFile: string): Promise<string | null> {
  try {
    const text = await readFile(configFile, 'utf8')
    return text.startsWith(`${MARK}\n`) ? text : null
  } catch {
    return null
  }
}

function addressIn(config: string): string | null {
  return /^# Valid .* at (http:\S+)$/m.exec(config)?.[1] ?? null
}

/** An emulator that still runs needs its files. One at the same address as the new one cannot be running. */
async function assertEnded(
  folder: string,
  earlier: string | null,
  own: string | null,
): Promise<void> {
  if (earlier === null || earlier === own || !(await isRunning(earlier))) return
  const message = `the emulator at ${earlier} uses ${folder}: end it, or choose another folder`
  throw Object.assign(new Error(message), { code: 'EEXIST', path: folder })
}

async function isRunning(address: string): Promise<boolean> {
  try {
    const { headers } = await fetch(address, { signal: AbortSignal.timeout(500) })
    return headers.has('opc-request-id')
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
  await makeFolder(dirname(path))
  await rm(path, { force: true })
  await writeFile(path, text, { mode: 0o600, flag: 'wx' })
}

/** With the folders above it. Node's own way tries for ever where the system has no folder to give, as in /proc. */
async function makeFolder(path: string): Promise<void> {
  const make = async (): Promise<Error | null> => {
    try {
      await mkdir(path, { mode: 0o700 })
      return null
    } catch (error) {
      // Somebody else may have made it meanwhile.
      return (await isFolder(path)) ? null : (error as Error)
    }
  }
  const error = await make()
  if (error === null) return
  const above = dirname(path)
  const isMissingAbove = 'code' in error && error.code === 'ENOENT'
  if (!isMissingAbove || above === path) throw error
  if (!(await isFolder(above))) await makeFolder(above)
  const again = await make()
  if (again !== null) throw again
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
}
