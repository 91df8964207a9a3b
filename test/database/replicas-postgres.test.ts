import { describe } from 'vitest'
import { CORE, postgresIsMissing, startPostgres } from './postgres-server.ts'
import { testShared, type Deployment } from './shared-settings.ts'

async function deploy(): Promise<Deployment> {
  const server = await startPostgres()
  const name = await server.createDatabase()
  return {
    url: server.url(name, CORE),
    outage: 60_000,
    beginOutage: () => server.stop(),
    endOutage: () => server.start(),
    byHand: (sql) => server.query(`set search_path = oci_profiles; ${sql}`, name),
    close: () => server.close(),
  }
}

describe.skipIf(postgresIsMissing)(
  `two replicas on one PostgreSQL${postgresIsMissing ?? ''}`,
  () => {
    testShared(2, deploy)
  },
)
