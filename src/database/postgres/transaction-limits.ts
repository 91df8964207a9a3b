/** How long the server may take over a transaction. */
import { sql } from 'kysely'
import type { QueriesInTransaction } from '../tables.ts'

/** For a statement, and for the wait between two of them; the client's own patience ends a little later. */
const LIMIT = '4000ms'

/** Set for the transaction alone: a pooler between here and the server hands the connection to others after it. */
export async function limitTransaction(transaction: QueriesInTransaction): Promise<void> {
  await sql`select
    set_config('statement_timeout', ${LIMIT}, true),
    set_config('idle_in_transaction_session_timeout', ${LIMIT}, true)`.execute(transaction)
}
