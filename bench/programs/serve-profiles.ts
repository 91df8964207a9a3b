/** The service with its profiles checked, until it is told to stop; tells where it is and the key to it. */
import { startService } from '../../src/lifecycle.ts'

export interface ServedProfiles {
  url: string
  apiKey: string
}

const service = await startService({ cwd: process.env['HOME'] })
await service.checked
process.once('SIGTERM', () => void service.stop())
process.once('disconnect', () => void service.stop())
const answer: ServedProfiles = { url: service.url, apiKey: service.apiKey.reveal() }
process.send?.(answer)
