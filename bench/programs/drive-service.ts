/** Asks a service for everything that it does, some 100 requests per second, until it is told to stop. */
import { strict as assert } from 'node:assert'
import { setTimeout as pause } from 'node:timers/promises'

const [url = '', apiKey = ''] = process.argv.slice(2)
const headers = { 'x-api-key': apiKey, 'content-type': 'application/json' }
const PROFILES = '/v1/oci-profiles'
let round = 0

process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
await oneRound()
process.send?.('driving')
for (;;) {
  await oneRound()
  await pause(50)
}

async function oneRound(): Promise<void> {
  round += 1
  const name = `PROFILE_${round % 1000}`
  const made = `MADE_${round}`
  const body = JSON.stringify({ auth_profile: made, user: 'ocid1.user.oc1..x' })
  await Promise.all([
    ask('GET', PROFILES, 200),
    ask('GET', `${PROFILES}/${name}`, 200),
    ask('GET', `${PROFILES}/nobody-${round}`, 404),
    ask('GET', `${PROFILES}/${name}/diagnosis`, 200),
    ask('GET', '/v1/health/ready', 200),
    ask('GET', `/nowhere-${round}`, 404),
    ask('POST', `${PROFILES}/${name}/check`, 200),
    ask('POST', `${PROFILES}?keep_unusable=true`, 201, body),
    listen(),
  ])
  await ask('DELETE', `${PROFILES}/${made}`, 204)
}

async function ask(method: string, path: string, expected: number, body?: string): Promise<void> {
  const response = await fetch(`${url}${path}`, { method, headers, body })
  await response.arrayBuffer()
  assert.equal(response.status, expected, path)
}

/** A client that hears the first event and leaves. */
async function listen(): Promise<void> {
  const response = await fetch(`${url}/v1/events`, { headers: { 'x-api-key': apiKey } })
  assert.equal(response.status, 200)
  const reader = response.body?.getReader()
  await reader?.read()
  await reader?.cancel()
}
