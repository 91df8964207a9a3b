/**
 * Writes two settings, prints the version, and kills itself in the middle of writing them again.
 * Arguments: URL of the database, where to die (`version`: once that is counted up; `values`: once the first is written).
 */
import { openDatabase } from '../../../src/database/index.ts'
import { Secret } from '../../../src/secret.ts'

const [url = '', where = ''] = process.argv.slice(2)
const die = () => process.kill(process.pid, 'SIGKILL')
const database = await openDatabase(new Secret(url))
const { version } = await database.writeSettings({ check_concurrency: 1, check_interval_s: 1 })
process.stdout.write(`${version}\n`)
// A value is turned into text just before it is written.
const second = where === 'values' ? { toJSON: die } : 2
const precondition = where === 'version' ? die : undefined
await database.writeSettings({ check_concurrency: 2, check_interval_s: second }, precondition)
