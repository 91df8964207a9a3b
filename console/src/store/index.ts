/** What the page knows, and how it comes to know it. */
export { checkNow, reasonOf, removeNow, takeOver, whileAsked } from './actions.ts'
export { settingsRevision } from './events.ts'
export {
  connection,
  loadProblem,
  nextAttemptAt,
  serviceVersion,
  stayConnected,
  tryNow,
} from './live.ts'
export { dismiss, notices, notify } from './notices.ts'
export { propose, takeProposal } from './proposal.ts'
export { readiness, watchReadiness } from './readiness.ts'
export { dropOne, findRow, rows, type Row, type State } from './rows.ts'
export { watchExpiry } from './tokens.ts'
export { rememberTyped, typedBefore } from './typed.ts'
