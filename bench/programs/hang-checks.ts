/**
 * Asks for the checks of so many profiles, again and again, until it is told to stop; tells when the service runs all of them
 * at once.
 */
import { Agent, get, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

const [url = '', apiKey = '', count = '0'] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true })
const headers = { 'x-api-key': apiKey }

for (let index = 0; index < Number(count); index += 1) void checkOn(`PROFILE_${index}`)
process.once('SIGTERM', () => process.exit(0))
process.once('disconnect', () => process.exit(0))
while ((await countRunning()) < Number(count)) await pause(20)
process.send?.('hanging')

async function checkOn(name: string): Promise<never> {
  for (;;) await check(name)
}

function check(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers }
    const sent = request(`${url}/v1/oci-profiles/${name}/check`, options, (answer) => {
      answer.resume().on('end', resolve)
    })
    sent.on('error', reject).end()
  })
}

async function countRunning(): Promise<number> {
  const metrics = await new Promise<string>((resolve, reject) => {
    get(`${url}/metrics`, { agent, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => resolve(text))
    }).on('error', reject)
  })
  return Number(/^oci_profiles_checks_running (\d+)$/m.exec(metrics)?.[1] ?? 0)
}
