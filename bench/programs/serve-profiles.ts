/** The service with its profiles checked, until it is told to stop; tells where it is and the key to it. */
import { startService } from '../../src/lifecycle.ts'

export interface ServedProfiles {
  url: string
  apiKey: string
}

const service = await startService({ cwd: process.env['HOME'] })
await service.checked
// The channel to the parent would keep the process alive.
const stop = () => void service.stop().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('disconnect', stop)
const answer: ServedProfiles = { url: service.url, apiKey: service.apiKey.reveal() }
process.send?.(answer)
