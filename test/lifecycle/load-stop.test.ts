/** SIGTERM while clients go on asking over connections that stay open, as an orchestrator sees it: the whole program. */
import { Agent, request } from 'node:http'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startProgram } from '../cli/program.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

const CLIENTS = 30

let sandbox: Sandbox
let agent: Agent
beforeEach(async () => {
  sandbox = await openSandbox()
  agent = new Agent({ keepAlive: true, maxSockets: CLIENTS })
})
afterEach(async () => {
  agent.destroy()
  await sandbox.close()
})

/** The status, or `null` where the connection ended before there was one. */
function ask(method: string, url: string, key: string, id: string): Promise<number | null> {
  return new Promise((resolve) => {
    const headers = { 'x-api-key': key, 'x-request-id': id }
    const asked = request(url, { method, headers, agent }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode ?? null))
      answer.on('error', () => resolve(null))
    })
    asked.on('error', () => resolve(null)).end()
  })
}

test('every request that the service took up is answered, and the program ends with 0', async () => {
  sandbox.emulator.setFault('DEFAULT', { kind: 'slow', delayMs: 150 })
  const program = startProgram(['serve', '--debug'], { env: sandbox.env })
  const [, url = '', key = ''] = await program.printed(/(http:\S+)\/#api_key=(\S+)/)
  const outcomes = new Map<string, number | null>()
  const clients = Array.from({ length: CLIENTS }, async (_, client) => {
    for (let round = 0; ; round += 1) {
      const id = `${client}-${round}`
      const isCheck = client % 3 === 0
      const path = isCheck ? '/v1/oci-profiles/DEFAULT/check' : '/v1/oci-profiles/DEFAULT'
      const status = await ask(isCheck ? 'POST' : 'GET', `${url}${path}`, key, id)
      outcomes.set(id, status)
      if (status === null) return
    }
  })
  const countOf = (status: number) => [...outcomes.values()].filter((one) => one === status).length
  await expect.poll(() => countOf(200), { timeout: 20_000 }).toBeGreaterThan(300)
  const before = outcomes.size
  program.child.kill('SIGTERM')
  const { code, stderr } = await program.ended
  await Promise.all(clients)

  const lines = stderr
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  const answered = lines.filter(({ msg }) => msg === 'request')
  expect(code).toBe(0)
  expect(lines.at(-1).msg).toBe('stopped')
  // What the service says to have answered has arrived, with the status that it says.
  const told = answered.filter(({ request_id, status }) => outcomes.get(request_id) !== status)
  expect(told).toEqual([])
  // Nothing was begun for those that got no answer.
  const lost = [...outcomes].filter(([, status]) => status === null).map(([id]) => id)
  expect(lines.filter(({ request_id }) => lost.includes(request_id))).toEqual([])
  expect(lines.filter(({ msg }) => msg === 'client left before the answer')).toEqual([])
  // The clients did not stop before the service did.
  expect(outcomes.size).toBeGreaterThan(before)
  expect(lost).toHaveLength(CLIENTS)
  expect(new Set(outcomes.values()).difference(new Set([200, 503, null]))).toEqual(new Set())
})
