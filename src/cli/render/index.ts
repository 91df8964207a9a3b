/** Data → text for people. Pure: the same data and style give the same text. */
export { renderChecks } from './checks.ts'
export { renderDiagnosis } from './diagnosis.ts'
export { renderError } from './error.ts'
export { renderDiagnostic } from './finding.ts'
export { renderJson } from './json.ts'
export { renderProfile, renderProfiles, type ProfileView } from './profiles.ts'
export { styleFor, type Style } from './style.ts'
export { safeText } from './safe-text.ts'
