/** Validators of requests and answers; loads zod, which the command line's quick commands go without. */
export { checksAnswer, profileChecksAnswer } from './checks.ts'
export { parseAnswer, parseRequest, reloadAnswer } from './config-file.ts'
export { diagnosisAnswer } from './diagnosis.ts'
export { problem } from './problem.ts'
export {
  checkResult,
  profileAnswer,
  profileCreate,
  profileUpdate,
  type ProfileCreate,
  type ProfileUpdate,
} from './profile.ts'
export { live, ready, settingsAnswer, settingsChange } from './service.ts'
