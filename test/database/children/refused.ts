/** Prints what the opening of the database of its first argument comes to. */
import { openDatabase } from '../../../src/database/index.ts'
import { OciProfilesError } from '../../../src/errors.ts'

try {
  const database = await openDatabase(process.argv[2] ?? '')
  await database.close()
  process.stdout.write('open\n')
} catch (error) {
  const code = error instanceof OciProfilesError ? error.code : 'unknown'
  process.stdout.write(`${code}: ${error instanceof Error ? error.message : ''}\n`)
}
