/** Starts the demo as a newcomer would, looks at what it shows, and stops it with Ctrl-C. Throws what is not as promised. */
import { strict as assert } from 'node:assert'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { stripVTControlCharacters } from 'node:util'

interface ShownProfile {
  auth_profile: string
  useable: boolean
  namespace: string | null
  check: { status: string; code: string | null; message: string | null; fix: string | null } | null
}

interface Readiness {
  status: string
  profiles: { pending: number }
}

interface Service {
  url: string
  apiKey: string
}

const START_MS = 60_000
const STOP_MS = 10_000
const LINK = /(http:\/\/127\.0\.0\.1:\d+)\/\S*#api_key=([\w-]+)/

const home = mkdtempSync(join(tmpdir(), 'demo-home-'))
const demo = startDemo()
try {
  const service = await findService(demo)
  await untilChecked(service)
  const profiles = await readProfiles(service)
  inspect(profiles)
  await stopDemo(demo, service)
  const good = profiles.filter(({ useable }) => useable).length
  console.log(`demo: ${profiles.length} profiles, ${good} useable, stopped cleanly`)
} finally {
  signalGroup(demo, 'SIGKILL')
  rmSync(home, { recursive: true, force: true })
}

/** In a process group of its own, so that Ctrl-C can be imitated: a terminal sends it to the whole group. */
function startDemo(): ChildProcess {
  const others = Object.entries(process.env).filter(
    ([name]) => !/^(OCI|NODE_OPTIONS|npm_)/.test(name),
  )
  return spawn('npm', ['run', 'demo'], {
    cwd: join(import.meta.dirname, '..'),
    env: { ...Object.fromEntries(others), HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
}

function findService(child: ChildProcess): Promise<Service> {
  return new Promise((resolve, reject) => {
    let output = ''
    const fail = (why: string) => reject(new Error(`the demo ${why}; it said:\n${output}`))
    const timer = setTimeout(() => fail(`printed no link in ${START_MS} ms`), START_MS)
    child.once('exit', (code) => fail(`ended with ${code}`))
    const read = (chunk: Buffer) => {
      output += stripVTControlCharacters(chunk.toString())
      const [, url, apiKey] = LINK.exec(output) ?? []
      if (url === undefined || apiKey === undefined) return
      clearTimeout(timer)
      resolve({ url, apiKey })
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
  })
}

async function untilChecked({ url }: Service): Promise<void> {
  const end = Date.now() + START_MS
  let answer: Readiness | null = null
  while (Date.now() < end) {
    answer = await readiness(url)
    if (answer?.status === 'ready' && answer.profiles.pending === 0) return
    await pause(100)
  }
  assert.fail(`not ready in ${START_MS} ms: ${JSON.stringify(answer)}`)
}

/** `null` while nobody listens. */
async function readiness(url: string): Promise<Readiness | null> {
  const response = await fetch(`${url}/v1/health/ready`).catch(() => null)
  return response === null ? null : ((await response.json()) as Readiness)
}

async function readProfiles({ url, apiKey }: Service): Promise<ShownProfile[]> {
  const page = await fetch(`${url}/`)
  assert.equal(page.status, 200, 'the console is built')
  await page.text()
  const without = await fetch(`${url}/v1/oci-profiles`)
  assert.equal(without.status, 401, 'without a key')
  const response = await fetch(`${url}/v1/oci-profiles`, { headers: { 'x-api-key': apiKey } })
  assert.equal(response.status, 200, 'with the key of the link')
  return (await response.json()) as ShownProfile[]
}

function inspect(profiles: ShownProfile[]): void {
  assert.ok(profiles.length >= 6, `only ${profiles.length} profiles`)
  const good = profiles.filter(({ useable }) => useable)
  assert.ok(good.length > 0 && good.length < profiles.length, 'some good, some bad')
  for (const profile of good) {
    assert.equal(profile.check?.status, 'ok', profile.auth_profile)
    assert.ok(profile.namespace, `${profile.auth_profile} has a namespace`)
  }
  for (const { auth_profile, useable, check } of profiles) {
    if (useable) continue
    assert.equal(check?.status, 'failed', auth_profile)
    for (const text of [check?.code, check?.message, check?.fix]) {
      assert.ok(
        text && !text.includes('\n'),
        `${auth_profile}: one line each of code, message, fix`,
      )
    }
  }
}

async function stopDemo(child: ChildProcess, { url }: Service): Promise<void> {
  const ended = once(child, 'exit', { signal: AbortSignal.timeout(STOP_MS) })
  signalGroup(child, 'SIGINT')
  await ended.catch(() => assert.fail(`still running ${STOP_MS} ms after Ctrl-C`))
  await assert.rejects(fetch(`${url}/v1/health/live`), 'the port is closed')
}

function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // The group has ended.
  }
}
