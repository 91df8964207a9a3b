/** The emulator as a program: started with sample identities, and a config file to use them with. */
import { writeSampleProfiles, type SampleProfile, type SampleSet } from './sample-profiles.ts'
import { startEmulator, type EmulatorOptions } from './start-emulator.ts'

export interface RunEmulatorOptions extends Pick<EmulatorOptions, 'port' | 'host' | 'log'> {
  /** Folder for config file and keys; made if need be, never taken from anybody. */
  dir: string
  /** Default `working`. */
  samples?: SampleSet
  /** Also profiles of principals, which work where `env` is set. Default false. */
  principals?: boolean
  /** Ends the emulator. */
  signal?: AbortSignal
}

export interface RunningEmulator {
  /** For OCI_PROFILES_ENDPOINT_URL. */
  url: string
  /** For OCI_CLI_CONFIG_FILE: absolute path. */
  configFile: string
  profiles: readonly SampleProfile[]
  /** Variables that the profiles of principals need; none without them. */
  env: Readonly<Record<string, string>>
  close: () => Promise<void>
}

/**
 * Rejects with Node's own error when the port is taken, with code EEXIST when `dir` holds somebody's config, and with the
 * signal's reason when it was aborted before the start.
 */
export async function runEmulator(options: RunEmulatorOptions): Promise<RunningEmulator> {
  const { port, host, log, dir, samples = 'working', principals, signal } = options
  signal?.throwIfAborted()
  const emulator = await startEmulator({ port, host, log })
  try {
    const written = await writeSampleProfiles(emulator, dir, samples, { principals })
    signal?.throwIfAborted()
    const onAbort = () => void emulator.close()
    signal?.addEventListener('abort', onAbort, { once: true })
    const close = () => {
      signal?.removeEventListener('abort', onAbort)
      return emulator.close()
    }
    return { url: emulator.url, ...written, close }
  } catch (error) {
    await emulator.close()
    throw error
  }
}
