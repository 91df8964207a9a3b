/** A client of `pg` that knows what the URL says, and nothing else. */
import pg from 'pg'
import type { PostgresUrl } from '../../settings/index.ts'
import type { Sockets } from './sockets.ts'
import type { TlsOptions } from './tls.ts'

interface Completed {
  connectionParameters: { options?: string; replication?: string; binary?: boolean }
}

/** `pg` fills gaps from PG* variables; the environment says what it has to say in one place, the settings. */
export class PostgresClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config)
    const { connectionParameters } = this as unknown as Completed
    delete connectionParameters.options
    delete connectionParameters.replication
    delete connectionParameters.binary
    // Without anybody who listens, a connection that breaks off would end the process. Its query fails all the same.
    this.on('error', () => {})
  }
}

export function makeClientConfig(
  url: PostgresUrl,
  tls: TlsOptions,
  sockets: Sockets,
): pg.ClientConfig {
  return {
    host: url.host,
    port: url.port,
    user: url.user,
    database: url.database,
    // A function: no object of the driver holds the password before it is asked for. An empty one keeps it from
    // looking for a file of passwords.
    password: () => url.password?.reveal() ?? '',
    ssl: tls,
    sslnegotiation: 'postgres',
    client_encoding: 'UTF8',
    application_name: url.applicationName,
    connectionTimeoutMillis: url.connectTimeoutS * 1_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    stream: () => sockets.make(),
  }
}
