/** One check: rules without network first, then one call to OCI. Bounded in time, cancellable, never rejects. */
import { ownEnvironment } from '../client/index.ts'
import { firstLine, SILENT_LOGGER } from '../schemas/index.ts'
import type {
  FailedCheck,
  Finding,
  OciProfileConfig,
  OkCheck,
  Provenance,
} from '../schemas/index.ts'
import { traced } from '../trace.ts'
import { explainSurprise } from './explain-surprise.ts'
import { withEndpointVariable } from './from-environment.ts'
import { inspectOffline } from './inspect-offline.ts'
import { probe, type ProbeDeps } from './probe.ts'
import { findExpiry } from './token-rules.ts'
import { failure, refuse, type Failure, type Verdict } from './verdict.ts'
import { withSources } from './with-sources.ts'
import { withinLimit } from './within-limit.ts'

export interface CheckDeps extends Omit<ProbeDeps, 'signal'> {
  /** Ends the check at once with CHECK_CANCELLED. */
  signal?: AbortSignal
  /** Where the values stand, for the words of a fix. */
  provenance?: Provenance
  /** What the reading of the profile showed. */
  findings?: readonly Finding[]
}

export interface CheckOutcome {
  check: OkCheck | FailedCheck
  /** Object Storage namespace, `null` when the check failed. */
  namespace: string | null
  /** When the profile's session ends, or has ended; `null` where that is not known, or there is none. */
  tokenExpiresAt: Date | null
}

type Stage = 'files' | 'network'

/** Connecting and reading have limits of their own, 11 s together; this one is for what has none, such as a dead disk. */
const LIMIT_S = 15

/** The clock at which no token has expired: when it ended is worth telling, too. */
const WHENEVER = 0

/** Checks a profile and leaves it as it is. Resolves within 15 s whatever happens. */
export function runCheck(profile: OciProfileConfig, deps: CheckDeps = {}): Promise<CheckOutcome> {
  const { auth_profile, authentication } = profile
  const attributes = {
    'oci_profiles.auth_profile': auth_profile,
    'oci_profiles.authentication': firstLine(authentication),
  }
  return traced('check profile', { attributes }, async (step) => {
    const outcome = await checkOnce(profile, deps)
    const { code } = outcome.check
    step.set({ 'oci_profiles.check.code': code ?? 'OK' })
    if (code !== null) step.fail(code)
    return outcome
  })
}

async function checkOnce(profile: OciProfileConfig, deps: CheckDeps): Promise<CheckOutcome> {
  const { now = Date.now, logger = SILENT_LOGGER } = deps
  const started = performance.now()
  const [verdict, tokenExpiresAt] = await Promise.all([
    judge(profile, { ...deps, now, logger }),
    expiryOf(profile, deps.signal),
  ])
  const duration_ms = Math.round(performance.now() - started)
  logger.debug({ auth_profile: profile.auth_profile, code: verdict.code, duration_ms }, 'checked')
  return { ...toOutcome(verdict, new Date(now()).toISOString(), duration_ms), tokenExpiresAt }
}

async function judge(profile: OciProfileConfig, deps: CheckDeps): Promise<Verdict> {
  let stage: Stage = 'files'
  const work = async (signal: AbortSignal): Promise<Verdict> => {
    const [first, ...more] = await inspectOffline(profile, deps)
    if (first) return refuse([first, ...more])
    stage = 'network'
    const found = await probe(profile, { ...deps, signal })
    if (found.code === null) return found
    const { env = ownEnvironment(), provenance } = deps
    return withSources(withEndpointVariable(found, env), profile, provenance)
  }
  try {
    const end = await withinLimit(work, LIMIT_S * 1000, deps.signal)
    if (end === 'cancelled') return failure('CHECK_CANCELLED', 'the check was cancelled')
    return end === 'late' ? late(stage) : end
  } catch (error) {
    return explainSurprise(error, profile, deps.logger)
  }
}

async function expiryOf(profile: OciProfileConfig, signal?: AbortSignal): Promise<Date | null> {
  if (profile.authentication !== 'security_token') return null
  const read = () => findExpiry(profile, WHENEVER)
  const end = await withinLimit(read, LIMIT_S * 1000, signal).catch(() => null)
  return end instanceof Date ? end : null
}

function late(stage: Stage): Failure {
  if (stage === 'network') {
    return failure('READ_TIMEOUT', `no whole answer within ${LIMIT_S} s`)
  }
  return failure(
    'CHECK_FAILED',
    `the files of the profile could not be read within ${LIMIT_S} s`,
    'See that key_file and security_token_file are ordinary files on a disk that answers.',
  )
}

function toOutcome(
  verdict: Verdict,
  checked_at: string,
  duration_ms: number,
): Omit<CheckOutcome, 'tokenExpiresAt'> {
  const { opc_request_id } = verdict
  const facts = { opc_request_id, checked_at, duration_ms }
  if (verdict.code === null) {
    const check: OkCheck = { status: 'ok', code: null, message: null, fix: null, ...facts }
    return { check, namespace: verdict.namespace }
  }
  const { code, message, fix } = verdict
  return { check: { status: 'failed', code, message, fix, ...facts }, namespace: null }
}
