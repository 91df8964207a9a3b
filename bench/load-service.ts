/** A service with its profiles checked and its log in a file, and a bare server of the bytes that it answers with. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Load } from './answers.ts'
import type { EmulatedProfiles } from './programs/serve-oci.ts'
import type { ServedProfiles } from './programs/serve-profiles.ts'
import { serveNode } from './run-node.ts'
import { serviceEnvironment } from './service-environment.ts'

const CONNECTIONS = 32
const SECONDS = 2

export interface LoadedService extends AsyncDisposable {
  url: string
  apiKey: string
  /** A load on paths of the service. */
  load(paths: readonly string[]): Load
  /** The same on a bare server that answers with what the service answers to the first path. */
  bareLoad(paths: readonly string[]): Promise<Load>
  /** Calls to OCI get no answer any more, or get one again. */
  silenceOci(isSilent: boolean): void
  /** Lines that were logged so far. */
  countLogLines(): number
}

/** `env` completes the environment of the service. */
export async function serveLoaded(
  profiles: number,
  env: Record<string, string> = {},
): Promise<LoadedService> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  stack.defer(() => rmSync(folder, { recursive: true }))
  const oci = stack.use(
    await serveNode<EmulatedProfiles>({ file: 'serve-oci.ts', args: [String(profiles)] }),
  )
  const log = join(folder, 'log')
  const service = stack.use(
    await serveNode<ServedProfiles>({
      file: 'serve-logged.ts',
      env: { ...serviceEnvironment(oci.ready, folder), ...env },
      log,
    }),
  )
  const { url, apiKey } = service.ready
  const headers = { 'x-api-key': apiKey }
  const load = (urls: readonly string[]): Load => ({
    urls,
    headers,
    connections: CONNECTIONS,
    seconds: SECONDS,
  })
  const running = stack.move()
  return {
    url,
    apiKey,
    load: (paths) => load(paths.map((path) => `${url}${path}`)),
    async bareLoad(paths) {
      const response = await fetch(`${url}${paths[0]}`, { headers })
      if (response.status !== 200) throw new Error(`${paths[0]} is answered ${response.status}`)
      const file = join(folder, 'bytes')
      writeFileSync(file, Buffer.from(await response.arrayBuffer()))
      const args = [file, response.headers.get('content-type') ?? '']
      const bare = running.use(await serveNode<{ url: string }>({ file: 'serve-bytes.ts', args }))
      return load(paths.map((path) => `${bare.ready.url}${path}`))
    },
    silenceOci: (isSilent) => oci.tell(isSilent ? 'silent' : 'answers'),
    countLogLines: () => readFileSync(log, 'utf8').split('\n').length - 1,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
