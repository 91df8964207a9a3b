/** What the outside refuses the program: its port, a reader for its log, the disk for its log. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync } from 'node:fs'
import { createServer } from 'node:net'
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { MAIN, runProgram, startProgram } from '../cli/program.ts'
import { get, openSandbox, type Sandbox } from './sandbox.ts'

let sandbox: Sandbox
beforeEach(async () => (sandbox = await openSandbox()))
afterEach(() => sandbox.close())

describe('a port that is taken', () => {
  test('ends the program with 1 and a remedy, and the one that has it goes on', async () => {
    const first = startProgram(['serve'], { env: sandbox.env })
    const [, url = '', key = ''] = await first.printed(/(http:\S+)\/#api_key=(\S+)/)
    const { port } = new URL(url)
    const second = await runProgram(['serve', '--port', port], { env: sandbox.env })
    expect(second.code).toBe(1)
    expect(second.stdout).toBe('')
    expect(second.stderr.trimEnd().split('\n').slice(-2)).toEqual([
      `error: PORT_IN_USE: Port ${port} on 127.0.0.1 is taken`,
      expect.stringMatching(/^fix: .*--port/),
    ])
    const answer = await fetch(`${url}/v1/settings`, {
      method: 'PUT',
      headers: { 'x-api-key': key, 'content-type': 'application/json' },
      body: '{"log_level":"warn"}',
    })
    expect(answer.status).toBe(200)
    first.child.kill('SIGTERM')
    expect((await first.ended).code).toBe(0)
  })

  test('leaves nothing open: the next start on another port has database and file', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const taken = sandbox.start({ flags: { port: String(port) } })
    await expect(taken).rejects.toMatchObject({ code: 'PORT_IN_USE' })
    other.close()
    const service = await sandbox.start()
    await service.checked
    expect((await get(service, '/v1/health/ready')).json).toMatchObject({
      status: 'ready',
      database: { state: 'open' },
    })
  })
})

describe('a log', () => {
  /** A request that leaves a line, whatever the level. */
  async function readSensitive(url: string, key: string): Promise<number> {
    const headers = { 'x-api-key': key }
    const answer = await fetch(`${url}/v1/oci-profiles?include_sensitive=true`, { headers })
    await answer.arrayBuffer()
    return answer.status
  }

  test('that nobody reads any more stops nothing', async () => {
    const program = startProgram(['serve', '--debug'], { env: sandbox.env })
    const [, url = '', key = ''] = await program.printed(/(http:\S+)\/#api_key=(\S+)/)
    program.child.stderr?.destroy()
    for (let count = 0; count < 20; count += 1) expect(await readSensitive(url, key)).toBe(200)
    program.child.kill('SIGTERM')
    expect((await program.ended).code).toBe(0)
  })

  test.runIf(existsSync('/dev/full'))('that finds no room on the disk stops nothing', async () => {
    const full = openSync('/dev/full', 'a')
    const child = spawn(process.execPath, [MAIN, 'serve', '--debug'], {
      cwd: sandbox.folder,
      env: { ...process.env, ...sandbox.env },
      stdio: ['ignore', 'pipe', full],
    })
    closeSync(full)
    onTestFinished(() => void child.kill('SIGKILL'))
    let stdout = ''
    child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()))
    await expect.poll(() => stdout, { timeout: 20_000 }).toMatch(/#api_key=\S+\n/)
    const [, url = '', key = ''] = /(http:\S+)\/#api_key=(\S+)/.exec(stdout) ?? []
    for (let count = 0; count < 20; count += 1) expect(await readSensitive(url, key)).toBe(200)
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })
})
