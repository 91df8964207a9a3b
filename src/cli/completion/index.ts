/** What may stand at the cursor of a shell. */
export { complete } from './complete.ts'
