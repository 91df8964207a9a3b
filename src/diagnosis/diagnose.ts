/** One profile, everything known: its reading, the rules without network, doubts, and what the last call to OCI said. */
import {
  inspectOffline,
  isOfflineCode,
  ownEnvironment,
  runCheck,
  type CheckDeps,
} from '../check/index.ts'
import type { CheckResult, Finding, LoadedProfile, OciProfileConfig } from '../schemas/index.ts'
import { diagnosedFields } from './diagnosed-fields.ts'
import type { Diagnosis } from './diagnosis.ts'
import { profileDialects } from './dialects/index.ts'
import { doubtsAbout, type DoubtDeps } from './doubts.ts'
import { withFingerprintOwner } from './fingerprint-owner.ts'
import { withMixture } from './inherited-values.ts'
import { located } from './located.ts'
import { withWorkingTwin } from './working-twin.ts'

export interface DiagnoseDeps extends CheckDeps, DoubtDeps {
  /** Checks now, with one call to OCI; else the last check that the profile remembers is shown. */
  probe?: boolean
  /** The other profiles, for faults that one of them explains. */
  others?: readonly LoadedProfile[]
}

/** Rejects with nothing that a profile can cause, and leaves the profile as it is. */
export async function diagnose(loaded: LoadedProfile, deps: DiagnoseDeps = {}): Promise<Diagnosis> {
  const { profile, provenance, findings } = loaded
  const { check, useable } = deps.probe ? await checkNow(profile, deps) : profile
  const faults = await inspectOffline(profile, { ...deps, provenance, findings })
  const explained = await Promise.all(faults.map((fault) => explain(fault, loaded, deps)))
  const failures = failureOf(check, faults).map((failure) => {
    const mixed = withMixture(failure, loaded)
    return withWorkingTwin(mixed, loaded, deps.others ?? [])
  })
  const { env = ownEnvironment(), now = Date.now } = deps
  const others = await profileDialects(loaded, env, now())
  const doubts = (await doubtsAbout(profile, deps)).filter((doubt) => !isCovered(doubt, faults))
  return {
    auth_profile: profile.auth_profile,
    useable,
    origin: profile.origin,
    check,
    fields: diagnosedFields(loaded),
    findings: located(
      [...findings, ...explained, ...failures, ...doubts, ...others.findings],
      provenance,
    ),
    dialects: others.dialects,
  }
}

/** What the other profiles have to say about it. */
function explain(
  fault: Finding,
  loaded: LoadedProfile,
  { others = [] }: DiagnoseDeps,
): Promise<Finding> {
  return withFingerprintOwner(fault, loaded.profile, others)
}

/**
 * Doubts that go without saying where there is this fault of the same field: a region of an unknown realm is unknown, and
 * everybody may read the public half of a key.
 */
const COVERED_BY: Readonly<Record<string, string>> = {
  REGION_UNKNOWN: 'REALM_UNKNOWN',
  KEY_FILE_PERMISSIONS: 'KEY_IS_PUBLIC',
}

function isCovered({ code, field }: Finding, faults: readonly Finding[]): boolean {
  return faults.some((fault) => fault.code === COVERED_BY[code] && fault.field === field)
}

async function checkNow(profile: OciProfileConfig, deps: DiagnoseDeps) {
  const { check } = await runCheck(profile, deps)
  return { check, useable: check.status === 'ok' }
}

/** What only a call to OCI can show. Faults that show without one are looked for afresh and not repeated here. */
function failureOf(check: CheckResult | null, faults: readonly Finding[]): Finding[] {
  if (check?.status !== 'failed' || isOfflineCode(check.code)) return []
  const { code, message, fix } = check
  if (faults.some((fault) => fault.code === code)) return []
  return [{ code, severity: 'error', field: null, line: null, message, fix }]
}
