/**
 * Writes the same number to two settings, from 1 up, and prints each number when the database has acknowledged it.
 * Arguments: URL of the database, how many (without: until it is ended). Exits 3 when a write fails, printing its code.
 */
import { openDatabase } from '../../../src/database/index.ts'
import { OciProfilesError } from '../../../src/errors.ts'
import { Secret } from '../../../src/secret.ts'

const [url = '', count = 'Infinity', filler = '0'] = process.argv.slice(2)
const database = await openDatabase(new Secret(url), { busyLimitMs: 20_000 })
const default_profile = 'x'.repeat(Number(filler))

for (let number = 1; number <= Number(count); number++) {
  try {
    const pair = { check_concurrency: number, check_interval_s: number }
    await database.writeSettings({ ...pair, default_profile: `${number}${default_profile}` })
  } catch (error) {
    process.stdout.write(`${error instanceof OciProfilesError ? error.code : String(error)}\n`)
    process.exit(3)
  }
  process.stdout.write(`${number}\n`)
}
await database.close()
