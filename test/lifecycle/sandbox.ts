/** A service in a folder of its own, in front of the emulator: nothing of the machine has an effect on it. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  startEmulator,
  writeSampleProfiles,
  type Emulator,
  type SampleSet,
  type WrittenSamples,
} from '../../emulator/index.ts'
import {
  startService,
  type LeveledLogger,
  type Service,
  type ServiceOptions,
} from '../../src/lifecycle.ts'

export interface LogLine {
  level: string
  fields: Record<string, unknown>
  message: string
}

export interface Sandbox {
  folder: string
  emulator: Emulator
  samples: WrittenSamples
  env: Record<string, string>
  logged: LogLine[]
  start(options?: ServiceOptions & { env?: Record<string, string> }): Promise<Service>
  close(): Promise<void>
}

export async function openSandbox(set: SampleSet = 'working'): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'oci-profiles-lifecycle-'))
  const emulator = await startEmulator()
  const samples = await writeSampleProfiles(emulator, join(folder, 'oci'), set)
  const services: Service[] = []
  const logged: LogLine[] = []
  const env = {
    HOME: folder,
    OCI_CLI_CONFIG_FILE: samples.configFile,
    OCI_PROFILES_ENDPOINT_URL: emulator.url,
    OCI_PROFILES_DATABASE_URL: `sqlite:${join(folder, 'core.db')}`,
    OCI_PROFILES_PORT: '0',
  }
  return {
    folder,
    emulator,
    samples,
    env,
    logged,
    async start(options = {}) {
      const service = await startService({
        cwd: folder,
        logger: recorder(logged),
        ...options,
        env: { ...env, ...options.env },
      })
      services.push(service)
      return service
    },
    async close() {
      await Promise.all(services.map((service) => service.stop()))
      await emulator.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** JSON of a route, asked with the key of the service. */
export async function get(
  service: Service,
  path: string,
  init: RequestInit = {},
): Promise<{ status: number; json: any }> {
  const headers = { 'x-api-key': service.apiKey.reveal(), 'content-type': 'application/json' }
  const response = await fetch(`${service.url}${path}`, { headers, ...init })
  return { status: response.status, json: await response.json() }
}

export function put(service: Service, path: string, body: unknown) {
  return get(service, path, { method: 'PUT', body: JSON.stringify(body) })
}

function recorder(logged: LogLine[]): LeveledLogger {
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => {
    logged.push({ level, fields, message })
  }
  return {
    level: 'info',
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  }
}
