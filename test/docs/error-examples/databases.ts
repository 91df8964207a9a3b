/** What only a server of PostgreSQL says, which lets in, but not everybody and not to everything. */
import { CORE, postgresIsMissing, startPostgres } from '../../database/postgres-server.ts'
import type { Sandbox } from '../sandbox.ts'
import { orFault, type Examples } from './example.ts'
import { provokeRemark } from './starts.ts'

const CODES = ['DATABASE_DENIED', 'DATABASE_READ_ONLY'] as const

export async function provokeDatabaseFaults(sandbox: Sandbox): Promise<Examples> {
  const skipped = postgresIsMissing
  if (skipped !== null) return new Map(CODES.map((code) => [code, { skipped }]))
  const server = await startPostgres()
  try {
    const name = await server.createDatabase()
    await server.query('alter role core set default_transaction_read_only = on')
    const urls = {
      DATABASE_DENIED: server.url(name, { ...CORE, password: 'a guess' }),
      DATABASE_READ_ONLY: server.url(name),
    }
    const words = [{ real: `127.0.0.1:${server.port}/${name}`, page: 'db.acme.example:5432/core' }]
    const examples: Examples = new Map()
    for (const code of CODES) {
      const env = () => ({ OCI_PROFILES_DATABASE_URL: urls[code] })
      examples.set(code, await orFault(() => provokeRemark(code, { env }, sandbox, words)))
    }
    return examples
  } finally {
    await server.close()
  }
}
