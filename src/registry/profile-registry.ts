/**
 * The profiles of a process, in the order of their registration. Reads never wait; changes of one profile happen one
 * after the other. What a failed check does to a create or an update is decided here and nowhere else.
 */
import { OciProfilesError } from '../errors.ts'
import {
  createProfile,
  foldName,
  PENDING_CHECK,
  SILENT_LOGGER,
  type FailedCheck,
  type LoadedProfile,
  type Logger,
  type OciProfileConfig,
  type OciProfileInput,
  type OkCheck,
} from '../schemas/index.ts'
import { wasCancelled, withOutcome, type CheckOutcome } from './check-outcome.ts'
import { createKeyQueue } from './key-queue.ts'
import { Lifetimes } from './lifetimes.ts'
import { createLimiter } from './limiter.ts'
import { ProfileNotUseableError } from './not-useable-error.ts'
import { applyPatch, type ProfilePatch } from './profile-patch.ts'
import { apiProvenance, changedProvenance, type ProfileRecord } from './profile-record.ts'
import {
  realCheck,
  type CreateOptions,
  type Precondition,
  type RegistryOptions,
  type RunCheck,
  type UpdateOptions,
} from './registry-options.ts'

const DEFAULT_CONCURRENCY = 32

export class ProfileRegistry {
  readonly #records = new Map<string, ProfileRecord>()
  readonly #reserved = new Set<string>()
  readonly #changes = createKeyQueue()
  readonly #lifetimes = new Lifetimes()
  readonly #background = new Map<string, Promise<unknown>>()
  readonly #limiter
  readonly #check: RunCheck
  readonly #logger: Logger
  readonly #onCheck: NonNullable<RegistryOptions['onCheck']>
  #snapshot: readonly ProfileRecord[] | null = null
  #revisions = 0
  #checks = 0

  constructor(options: RegistryOptions = {}) {
    this.#check = options.check ?? realCheck(options.env)
    this.#logger = options.logger ?? SILENT_LOGGER
    this.#limiter = createLimiter(options.concurrency ?? (() => DEFAULT_CONCURRENCY))
    this.#onCheck = options.onCheck ?? (() => {})
  }

  /** All records in order of registration. The array is the same one until something changes. */
  records(): readonly ProfileRecord[] {
    this.#snapshot ??= Object.freeze([...this.#records.values()])
    return this.#snapshot
  }

  /** All profiles in order of registration. */
  list(): Readonly<OciProfileConfig>[] {
    return this.records().map((record) => record.profile)
  }

  /** The profile of that name in any case, or `undefined`. */
  get(name: string): Readonly<OciProfileConfig> | undefined {
    return this.#records.get(foldName(name))?.profile
  }

  /** The record of that name in any case. Throws PROFILE_NOT_FOUND. */
  record(name: string): ProfileRecord {
    const record = this.#records.get(foldName(name))
    if (record) return record
    throw new OciProfilesError('PROFILE_NOT_FOUND', `There is no profile "${name}"`)
  }

  /** Registers a profile without checking it; an existing one of that name is replaced and keeps its place. */
  register(loaded: LoadedProfile): ProfileRecord {
    const key = foldName(loaded.profile.auth_profile)
    this.#lifetimes.end(key)
    return this.#store(key, {
      ...loaded,
      profile: Object.freeze({ ...loaded.profile }),
      revision: (this.#revisions += 1),
      checkNumber: 0,
    })
  }

  /** Throws PROFILE_EXISTS before any check, ProfileNotUseableError after a failed one. */
  async create(input: OciProfileInput, options: CreateOptions = {}): Promise<ProfileRecord> {
    const key = foldName(input.auth_profile)
    this.#requireFree(key, input.auth_profile)
    const blank = createProfile({ auth_profile: input.auth_profile })
    const { profile } = applyPatch(blank, {
      ...input,
      authentication: input.authentication ?? null,
    })
    profile.origin = { kind: 'api' }
    this.#reserved.add(key)
    try {
      const outcome = await this.#run(profile, options.signal)
      const keep = options.keepUnusable && !wasCancelled(outcome)
      if (outcome.check.status === 'failed' && !keep) {
        throw new ProfileNotUseableError(profile.auth_profile, outcome.check, false)
      }
      this.#reserved.delete(key)
      this.#requireFree(key, input.auth_profile)
      const sent = options.sent ?? new Set(Object.keys(input))
      const record = this.register({ profile, provenance: apiProvenance(sent), findings: [] })
      return this.#store(key, withOutcome(record, outcome, (this.#checks += 1)))
    } finally {
      this.#reserved.delete(key)
    }
  }

  /**
   * Changes the fields of the patch. A change that does not work is taken back when the profile was useable, and kept
   * when it was not; both throw ProfileNotUseableError, which says so.
   */
  update(name: string, patch: ProfilePatch, options: UpdateOptions = {}): Promise<ProfileRecord> {
    this.record(name)
    return this.#changes.run(foldName(name), () => this.#update(name, patch, options))
  }

  /** Removes at once; checks and changes of the profile that are still running come too late. */
  remove(name: string, precondition: Precondition = () => {}): void {
    const key = foldName(name)
    precondition(this.record(name))
    this.#records.delete(key)
    this.#snapshot = null
    this.#lifetimes.end(key)
  }

  /** Checks a profile and remembers the result, unless the profile has been changed or removed meanwhile. */
  async check(name: string, signal?: AbortSignal): Promise<OkCheck | FailedCheck> {
    const started = this.record(name)
    const outcome = await this.#checkRecord(started, signal)
    this.record(name)
    return outcome.check
  }

  /** Checks all profiles side by side, at most `concurrency` at once. Resolves when the last one is done. */
  async checkAll(signal?: AbortSignal): Promise<void> {
    await Promise.all(this.records().map((record) => this.#checkInBackground(record, signal)))
  }

  /** Marks all profiles that were never checked as waiting for their check. */
  markPending(): void {
    for (const record of this.records()) {
      if (record.profile.check !== null) continue
      const profile = Object.freeze({ ...record.profile, check: PENDING_CHECK })
      this.#store(foldName(profile.auth_profile), { ...record, profile })
    }
  }

  /** One background check, within the limit; used by the periodic re-check too. */
  async recheck(name: string, signal?: AbortSignal): Promise<void> {
    const record = this.#records.get(foldName(name))
    if (record) await this.#checkInBackground(record, signal)
  }

  /** Whether a background check of that name is waiting or running. */
  isChecking(name: string): boolean {
    return this.#background.has(foldName(name))
  }

  async #checkInBackground(record: ProfileRecord, signal?: AbortSignal): Promise<void> {
    const key = foldName(record.profile.auth_profile)
    const running = this.#limiter.run(() => this.#checkRecord(record, signal))
    this.#background.set(key, running)
    try {
      await running
    } finally {
      if (this.#background.get(key) === running) this.#background.delete(key)
    }
  }

  async #checkRecord(started: ProfileRecord, signal?: AbortSignal): Promise<CheckOutcome> {
    const number = (this.#checks += 1)
    const key = foldName(started.profile.auth_profile)
    const outcome = await this.#run(started.profile, signal, this.#lifetimeOf(key, started))
    this.#applyOutcome(key, started, outcome, number)
    return outcome
  }

  #applyOutcome(key: string, started: ProfileRecord, outcome: CheckOutcome, number: number): void {
    const current = this.#records.get(key)
    if (!current || current.revision !== started.revision || current.checkNumber > number) return
    if (outcome.check.status === 'failed' && outcome.check.code === 'CHECK_CANCELLED') return
    this.#store(key, withOutcome(current, outcome, number))
  }

  async #update(name: string, patch: ProfilePatch, options: UpdateOptions): Promise<ProfileRecord> {
    const key = foldName(name)
    const before = this.record(name)
    options.precondition?.(before)
    const { profile, changed } = applyPatch(before.profile, patch)
    const number = (this.#checks += 1)
    const outcome = await this.#run(profile, options.signal, this.#lifetimeOf(key, before))
    if (outcome.check.status === 'failed') await this.#settle(key)
    const current = this.#requireUnchanged(name, before)
    const candidate: ProfileRecord = {
      ...current,
      profile,
      provenance: changedProvenance(current.provenance, changed),
      revision: current.revision,
    }
    const after = withOutcome(candidate, outcome, number)
    if (outcome.check.status === 'ok') return options.dryRun ? after : this.#replace(key, after)

    const saved = !options.dryRun && !current.profile.useable && !wasCancelled(outcome)
    if (saved) this.#replace(key, after)
    throw new ProfileNotUseableError(current.profile.auth_profile, outcome.check, saved)
  }

  /** Whether the old values work is not known while their own check is under way: wait for it. */
  async #settle(key: string): Promise<void> {
    if (this.#records.get(key)?.profile.check?.status === 'pending') {
      await this.#background.get(key)
    }
  }

  #requireUnchanged(name: string, before: ProfileRecord): ProfileRecord {
    const current = this.record(name)
    if (current.revision === before.revision) return current
    throw new OciProfilesError('PRECONDITION_FAILED', `Profile "${name}" was replaced meanwhile`)
  }

  #requireFree(key: string, name: string): void {
    if (!this.#records.has(key) && !this.#reserved.has(key)) return
    const taken = this.#records.get(key)?.profile.auth_profile ?? name
    throw new OciProfilesError('PROFILE_EXISTS', `There is a profile "${taken}" already`)
  }

  async #run(
    profile: OciProfileConfig,
    ...signals: (AbortSignal | undefined)[]
  ): Promise<CheckOutcome> {
    const given = signals.filter((signal) => signal !== undefined)
    const outcome = await this.#check(profile, {
      signal: given.length > 1 ? AbortSignal.any(given) : given[0],
      logger: this.#logger,
    })
    this.#onCheck(profile, outcome.check)
    return outcome
  }

  #replace(key: string, record: ProfileRecord): ProfileRecord {
    return this.#store(key, { ...record, revision: (this.#revisions += 1) })
  }

  #store(key: string, record: ProfileRecord): ProfileRecord {
    this.#records.set(key, record)
    this.#snapshot = null
    return record
  }

  /** So that checks do not go on for nobody; over already, where the record is not the current one. */
  #lifetimeOf(key: string, record: ProfileRecord): AbortSignal {
    const current = this.#records.get(key)
    if (current?.revision !== record.revision) return AbortSignal.abort()
    return this.#lifetimes.signal(key)
  }
}
