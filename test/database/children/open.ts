/** Opens the database of its first argument, prints the version of the settings, and closes it. */
import { openDatabase } from '../../../src/database/index.ts'
import { Secret } from '../../../src/secret.ts'

const database = await openDatabase(new Secret(process.argv[2] ?? ''), { busyLimitMs: 20_000 })
process.stdout.write(`${(await database.readSettings()).version}\n`)
await database.close()
