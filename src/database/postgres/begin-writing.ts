/** What every transaction that writes begins with. */
import { sql } from 'kysely'
import type { QueriesInTransaction } from '../tables.ts'

/** For a statement, and for the wait between two of them; the client's own patience ends a little later. */
const LIMIT = '4000ms'

/**
 * The level is said, because the default of a server, a database or a user may be another one: whoever has waited for
 * a lock must see what the one before it did, and be no "could not serialize access". The limits are set for the
 * transaction alone: a pooler between here and the server hands the connection to others after it.
 */
export async function beginWriting(transaction: QueriesInTransaction): Promise<void> {
  await sql`set transaction isolation level read committed`.execute(transaction)
  await sql`select
    set_config('statement_timeout', ${LIMIT}, true),
    set_config('idle_in_transaction_session_timeout', ${LIMIT}, true)`.execute(transaction)
}
