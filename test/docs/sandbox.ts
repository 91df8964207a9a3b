/**
 * A home folder with OCI behind it: the command line runs there as a user has it, against the emulator under OCI's own
 * host names, over TLS. What it prints is real but for the words of `page-words.ts`.
 */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { startEmulator, type Emulator } from '../../emulator/index.ts'
import { MAIN } from '../cli/program.ts'
import { makeLoopbackCertificate } from '../fixtures/certificates.ts'
import { testKey, type TestKey } from '../fixtures/identities.ts'
import type { PageWord } from './page-words.ts'

/** As the pages show it. */
export const HOME = '/home/ada'
export const USER = 'ocid1.user.oc1..aaaaaaaaada'
export const TENANCY = 'ocid1.tenancy.oc1..aaaaaaaaacme'
export const REGION = 'eu-frankfurt-1'
/** Regions whose hosts the emulator answers for. */
const REGIONS = [REGION, 'eu-paris-1']
export const NAMESPACE = 'axacme'

/** Fingerprints as the pages show them: keys are made anew in every run. */
const FINGERPRINTS = {
  prod: '20:3b:97:13:55:1c:aa:66:4c:1b:27:8e:05:fd:61:9e',
  dev: '73:61:d2:4e:0a:b8:9f:33:c5:17:e4:60:7a:2d:88:f1',
  short: '5d:0e:41:c7:b3:92:68:fa:1e:7b:50:a9:c6:34:e2:0f',
} as const

export type KeyName = 'prod' | 'dev'

export interface Ended {
  code: number | null
  stdout: string
  stderr: string
}

export interface Sandbox extends AsyncDisposable {
  /** Real path of the home folder. */
  home: string
  emulator: Emulator
  keys: Record<KeyName, TestKey>
  /** For child processes: nothing of this machine's user in it. */
  env: Record<string, string>
  words: PageWord[]
  /** The page's word for the fingerprint of a key. */
  nameFingerprint(name: keyof typeof FINGERPRINTS, real: string): void
  /** From now on `host:port` is this port of the machine; 0 refuses. */
  route(address: string, port: number): void
  /** Writes a file under the home folder, readable by its owner alone. Returns its real path. */
  write(path: string, content: string | Buffer): string
  /** Makes a folder under the home folder. Returns its real path. */
  folder(path: string): string
  /** Runs `oci-profiles` to its end. */
  run(args: readonly string[], place?: Place): Promise<Ended>
  /** Starts `oci-profiles serve` on any free port. Rejects when it ends before it listens. */
  serve(place?: Place): Promise<Served>
}

export interface Place {
  env?: Record<string, string>
  /** Default: the home folder. */
  cwd?: string
}

export interface Served extends AsyncDisposable {
  url: string
  /** The log so far. */
  stderr(): string
}

const NETWORK = new URL('children/sandbox-network.ts', import.meta.url).href
const RUN_LIMIT_MS = 60_000

export function hostOf(region: string): string {
  return `objectstorage.${region}.oraclecloud.com`
}

export async function openSandbox(): Promise<Sandbox> {
  const [prod, dev, server] = await Promise.all(['prod', 'dev', 'server'].map(testKey))
  if (!prod || !dev || !server) throw new Error('there are no keys')
  const cert = makeLoopbackCertificate(server, Date.now(), REGIONS.map(hostOf))
  const emulator = await startEmulator({ tls: { key: server.privatePem, cert } })
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'oci-profiles-docs-'))
  const home = join(folder, 'home')
  const ca = join(folder, 'ca.pem')
  mkdirSync(home)
  writeFileSync(ca, cert)

  const routes = Object.fromEntries(REGIONS.map((name) => [`${hostOf(name)}:443`, emulator.port]))
  const bin = join(folder, 'bin')
  mkdirSync(bin)
  const starter = `#!/bin/sh\nexec '${process.execPath}' '${MAIN}' "$@"\n`
  writeFileSync(join(bin, 'oci-profiles'), starter, { mode: 0o755 })
  const env = {
    PATH: `${bin}:${process.env['PATH'] ?? ''}`,
    HOME: home,
    // What a machine's own store of certificates does for the real host.
    NODE_EXTRA_CA_CERTS: ca,
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --import=${NETWORK}`,
    SANDBOX_NETWORK: JSON.stringify(routes),
  }
  const words: PageWord[] = [
    { real: home, page: HOME },
    { real: prod.fingerprint, page: FINGERPRINTS.prod },
    { real: dev.fingerprint, page: FINGERPRINTS.dev },
  ]
  const keys = { prod, dev }
  const settle = (place: Place = {}) => ({ cwd: place.cwd ?? home, env: { ...env, ...place.env } })
  return {
    home,
    emulator,
    keys,
    env,
    words,
    nameFingerprint: (name, real) => void words.push({ real, page: FINGERPRINTS[name] }),
    route(address, port) {
      routes[address] = port
      env.SANDBOX_NETWORK = JSON.stringify(routes)
    },
    write: (path, content) => writePrivate(join(home, path), content),
    folder(path) {
      mkdirSync(join(home, path), { recursive: true })
      return join(home, path)
    },
    run: (args, place) => runProgram(args, settle(place)),
    serve: (place) => startServing(settle(place)),
    async [Symbol.asyncDispose]() {
      await emulator.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function writePrivate(path: string, content: string | Buffer): string {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, content, { mode: 0o600 })
  return path
}

function runProgram(args: readonly string[], place: Required<Place>): Promise<Ended> {
  const options = { ...place, timeout: RUN_LIMIT_MS, killSignal: 'SIGKILL' } as const
  return new Promise((resolve) => {
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      resolve({ code: typeof code === 'number' ? code : null, stdout, stderr })
    })
  })
}

async function startServing(place: Required<Place>): Promise<Served> {
  const child = spawn(process.execPath, [MAIN, 'serve', '--port', '0'], { ...place, stdio: 'pipe' })
  const text = { stdout: '', stderr: '' }
  const ended = once(child, 'close')
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.stderr += part))
  const listening = new Promise<string>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      text.stdout += part
      const url = /listening on (\S+)\n/.exec(text.stdout)?.[1]
      if (url !== undefined) resolve(url)
    })
  })
  const url = await Promise.race([listening, ended.then(() => null)])
  if (url === null) throw new Error(`serve ended at once: ${text.stderr}`)
  return {
    url,
    stderr: () => text.stderr,
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
