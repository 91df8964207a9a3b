/** Everything known about one profile, at once: values with their sources, faults and doubts. */
export { diagnose, type DiagnoseDeps } from './diagnose.ts'
export type { DiagnosedField, Diagnosis } from './diagnosis.ts'
export type { Dialect, DialectDifference } from './dialects/index.ts'
