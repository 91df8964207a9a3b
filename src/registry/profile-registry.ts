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
import { BackgroundChecks } from './background-checks.ts'
import { NO_HISTORY } from './check-history.ts'
import { wasCancelled, withOutcome, type CheckOutcome } from './check-outcome.ts'
import { createKeyQueue } from './key-queue.ts'
import { Lifetimes } from './lifetimes.ts'
import { ProfileNotUseableError } from './not-useable-error.ts'
import { applyPatch, type ProfilePatch } from './profile-patch.ts'
import {
  apiProvenance,
  changedProvenance,
  readElsewhere,
  type ProfileRecord,
} from './profile-record.ts'
import { RegistryEvents, type RegistryListener } from './registry-events.ts'
import {
  DEFAULT_CONCURRENCY,
  realCheck,
  type CreateOptions,
  type Precondition,
  type RegistryOptions,
  type RunCheck,
  type UpdateOptions,
} from './registry-options.ts'

export class ProfileRegistry {
  readonly #records = new Map<string, ProfileRecord>()
  readonly #reserved = new Set<string>()
  readonly #changes = createKeyQueue()
  readonly #lifetimes = new Lifetimes()
  readonly #background: BackgroundChecks
  readonly #check: RunCheck
  readonly #logger: Logger
  readonly #events: RegistryEvents
  readonly #onCheck: NonNullable<RegistryOptions['onCheck']>
  #snapshot: readonly ProfileRecord[] | null = null
  #revisions = 0
  #checks = 0
  #running = 0

  constructor(options: RegistryOptions = {}) {
    this.#check = options.check ?? realCheck(options.env)
    this.#logger = options.logger ?? SILENT_LOGGER
    this.#events = new RegistryEvents(this.#logger)
    this.#background = new BackgroundChecks(options.concurrency ?? (() => DEFAULT_CONCURRENCY))
    this.#onCheck = options.onCheck ?? (() => {})
  }

  /** Calls the listener after everything that happens to a profile. Returns the end of it. */
  subscribe(listener: RegistryListener): () => void {
    return this.#events.subscribe(listener)
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
    const before = this.#records.get(key)
    this.#lifetimes.end(key)
    const record = this.#store(key, {
      ...loaded,
      profile: Object.freeze({ ...loaded.profile }),
      revision: (this.#revisions += 1),
      checkNumber: 0,
      history: before?.history ?? NO_HISTORY,
      tokenExpiresAt: null,
    })
    this.#events.emit(before ? 'updated' : 'created', record)
    return record
  }

  /** Takes over where a profile is read from and what that showed; its configuration is the same. */
  relocate(loaded: LoadedProfile): void {
    const key = foldName(loaded.profile.auth_profile)
    const record = this.#records.get(key)
    const moved = record && readElsewhere(record, loaded)
    if (moved && moved !== record) this.#store(key, moved)
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
      const outcome = await this.#run({ profile }, options.signal)
      const keep = options.keepUnusable && !wasCancelled(outcome)
      if (outcome.check.status === 'failed' && !keep) {
        throw new ProfileNotUseableError(profile.auth_profile, outcome.check, false)
      }
      this.#reserved.delete(key)
      this.#requireFree(key, input.auth_profile)
      const sent = options.sent ?? new Set(Object.keys(input))
      const record = this.register({ profile, provenance: apiProvenance(sent), findings: [] })
      return this.#showOutcome(key, record, outcome, (this.#checks += 1))
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
    const record = this.record(name)
    precondition(record)
    this.#records.delete(key)
    this.#snapshot = null
    this.#lifetimes.end(key)
    this.#events.emit('removed', record)
  }

  /** Checks a profile and remembers the result, unless the profile has been changed or removed meanwhile. */
  async check(name: string, signal?: AbortSignal): Promise<OkCheck | FailedCheck> {
    for (;;) {
      const started = this.record(name)
      const outcome = await this.#checkRecord(started, signal)
      // Replaced while it was checked: what was asked about is what is there now.
      const isReplaced = this.record(name).revision !== started.revision
      if (!isReplaced || !wasCancelled(outcome) || signal?.aborted) return outcome.check
    }
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
      const pending = this.#store(foldName(profile.auth_profile), { ...record, profile })
      this.#events.emit('pending', pending)
    }
  }

  /** One background check, within the limit; used by the periodic re-check too. */
  async recheck(name: string, signal?: AbortSignal): Promise<void> {
    const record = this.#records.get(foldName(name))
    if (record) await this.#checkInBackground(record, signal)
  }

  /** The same, because a file that the profile names has changed. */
  async recheckStale(name: string, signal?: AbortSignal): Promise<void> {
    const record = this.#records.get(foldName(name))
    if (!record) return
    this.#events.emit('stale', record)
    await this.#checkInBackground(record, signal)
  }

  /** Whether a background check of that name is waiting or running. */
  isChecking(name: string): boolean {
    return this.#background.of(foldName(name)) !== undefined
  }

  /** Whether as many background checks are waiting or running as may run. */
  isBusy(): boolean {
    return this.#background.isBusy()
  }

  /** How many checks run, and how many of those that nobody waits for have to wait. */
  checkLoad(): { running: number; waiting: number } {
    return { running: this.#running, waiting: this.#background.waiting() }
  }

  /** To be called when `concurrency` has another answer than before. */
  adjustConcurrency(): void {
    this.#background.adjust()
  }

  #checkInBackground(record: ProfileRecord, signal?: AbortSignal): Promise<void> {
    const key = foldName(record.profile.auth_profile)
    return this.#background.run(key, () => this.#checkRecord(record, signal))
  }

  async #checkRecord(started: ProfileRecord, signal?: AbortSignal): Promise<CheckOutcome> {
    const number = (this.#checks += 1)
    const key = foldName(started.profile.auth_profile)
    const outcome = await this.#run(started, signal, this.#lifetimeOf(key, started))
    this.#applyOutcome(key, started, outcome, number)
    return outcome
  }

  #applyOutcome(key: string, started: ProfileRecord, outcome: CheckOutcome, number: number): void {
    const current = this.#records.get(key)
    if (!current || current.revision !== started.revision || current.checkNumber > number) return
    if (outcome.check.status === 'failed' && outcome.check.code === 'CHECK_CANCELLED') return
    this.#showOutcome(key, current, outcome, number)
  }

  #showOutcome(
    key: string,
    record: ProfileRecord,
    outcome: CheckOutcome,
    number: number,
  ): ProfileRecord {
    const shown = this.#store(key, withOutcome(record, outcome, number))
    this.#events.emit('checked', shown)
    return shown
  }

  async #update(name: string, patch: ProfilePatch, options: UpdateOptions): Promise<ProfileRecord> {
    const key = foldName(name)
    const before = this.record(name)
    options.precondition?.(before)
    const { profile, changed } = applyPatch(before.profile, patch)
    const number = (this.#checks += 1)
    const outcome = await this.#run(
      { profile, provenance: changedProvenance(before.provenance, changed) },
      options.signal,
      this.#lifetimeOf(key, before),
    )
    // Nothing of what is tried without saving depends on it.
    if (outcome.check.status === 'failed' && !options.dryRun) await this.#settle(key)
    const current = this.#requireUnchanged(name, before)
    const candidate: ProfileRecord = {
      ...current,
      // The file may have been read again meanwhile, and have the profile on another line.
      profile: { ...profile, origin: current.profile.origin },
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
      await this.#background.of(key)
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
    { profile, provenance, findings }: Pick<LoadedProfile, 'profile'> & Partial<LoadedProfile>,
    ...signals: (AbortSignal | undefined)[]
  ): Promise<CheckOutcome> {
    const given = signals.filter((signal) => signal !== undefined)
    const check = this.#check(profile, {
      signal: given.length > 1 ? AbortSignal.any(given) : given[0],
      logger: this.#logger,
      provenance,
      findings,
    })
    const outcome = await this.#counted(check)
    this.#onCheck(profile, outcome.check)
    return outcome
  }

  async #counted<T>(check: Promise<T>): Promise<T> {
    this.#running += 1
    try {
      return await check
    } finally {
      this.#running -= 1
    }
  }

  #replace(key: string, record: ProfileRecord): ProfileRecord {
    const replaced = this.#store(key, { ...record, revision: (this.#revisions += 1) })
    this.#events.emit('updated', replaced)
    this.#events.emit('checked', replaced)
    return replaced
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
