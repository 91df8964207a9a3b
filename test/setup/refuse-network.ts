/** Fails the test that tried to reach another host, and guards the Node processes that tests start. */
import { afterEach } from 'vitest'
import { refusedHosts } from './loopback-only.mjs'

const guard = `--import=${new URL('loopback-only.mjs', import.meta.url).href}`
const options = process.env['NODE_OPTIONS'] ?? ''
if (!options.includes(guard)) process.env['NODE_OPTIONS'] = `${options} ${guard}`.trim()

afterEach(() => {
  const hosts = refusedHosts.splice(0)
  if (hosts.length > 0) throw new Error(`the test tried to reach ${hosts.join(', ')}`)
})
