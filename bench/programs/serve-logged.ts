/** The service as the command line starts it, its log on stderr; tells where it is and the key to it. */
import { createServiceLog } from '../../src/cli/service-log.ts'
import { startService } from '../../src/lifecycle.ts'
import type { ServedProfiles } from './serve-profiles.ts'

const stderr = {
  write: (text: string) => void process.stderr.write(text),
  isTTY: false,
  hasColors: false,
  columns: () => undefined,
}
const service = await startService({
  cwd: process.env['HOME'],
  logger: createServiceLog(stderr, 'info'),
})
await service.checked
const stop = () => void service.stop().then(() => process.exit(0))
process.once('SIGTERM', stop)
process.once('disconnect', stop)
const answer: ServedProfiles = { url: service.url, apiKey: service.apiKey.reveal() }
process.send?.(answer)
