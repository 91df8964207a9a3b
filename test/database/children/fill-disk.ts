/**
 * Writes to a database until its disk is full, then makes room and writes once more. Prints the code of the failure, whether
 * what was acknowledged before it is still there, and the outcome of the last write.
 * Arguments: URL of the database, path of a file that takes up room on the same disk.
 */
import { unlinkSync, writeFileSync } from 'node:fs'
import { openDatabase } from '../../../src/database/index.ts'
import { OciProfilesError } from '../../../src/errors.ts'

const [url = '', ballast = ''] = process.argv.slice(2)
writeFileSync(ballast, Buffer.alloc(64 * 1024))
const database = await openDatabase(url)
let acknowledged = 0

function codeOf(error: unknown): string {
  return error instanceof OciProfilesError ? `${error.code}: ${error.message}` : String(error)
}

async function write(): Promise<string> {
  try {
    await database.writeSettings({
      check_concurrency: acknowledged + 1,
      default_profile: `${acknowledged}${'x'.repeat(3_000)}`,
    })
    acknowledged += 1
    return 'written'
  } catch (error) {
    return codeOf(error)
  }
}

let outcome = 'written'
while (outcome === 'written') outcome = await write()
const { values } = await database.readSettings()
unlinkSync(ballast)
const isWhole = acknowledged > 0 && values['check_concurrency'] === acknowledged
process.stdout.write(`${outcome}\n${isWhole}\n${await write()}\n`)
await database.close()
