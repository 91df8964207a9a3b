/** What the form does: it sends the draft, and keeps what the service says of it. */
import { useMemo } from 'preact/hooks'
import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { isolated } from '../format/isolated.ts'
import { goTo, profileLink } from '../location.ts'
import {
  createProfile,
  readProfile,
  ServiceProblem,
  updateProfile,
  type Check,
  type FieldName,
  type Profile,
  type ProfilePatch,
} from '../service/index.ts'
import { findRow, notify, reasonOf, takeOver, whileAsked } from '../store/index.ts'
import { patchOf, type Draft } from './draft.ts'

export type Task = 'create' | 'save' | 'test'

export type Outcome =
  | { kind: 'works'; namespace: string | null; duration_ms: number | null }
  | { kind: 'fails'; task: Task; saved: boolean; check: Check }
  /** Somebody else changed the profile since it was read. */
  | { kind: 'conflict' }
  | { kind: 'problem'; title: string; detail: string; fix: string }

/** An existing profile as it was read; `null` for a new one. */
export interface Original {
  profile: Profile
  etag: string | null
  /** Sensitive fields that have a value. */
  present: ReadonlySet<FieldName>
}

export interface Form {
  original: Original | null
  draft: Signal<Draft>
  /** Field → what the service says is wrong with it. */
  faults: ReadonlySignal<ReadonlyMap<string, string>>
  outcome: ReadonlySignal<Outcome | null>
  running: ReadonlySignal<Task | null>
  /** Counts the attempts that the service found fault with. */
  refusals: ReadonlySignal<number>
  hasChanges(): boolean
  /** What differs from the profile as it was read, or from an empty form. */
  changes(): ProfilePatch
  set(field: keyof Draft['values'], value: string): void
  clear(field: FieldName, isCleared: boolean): void
  create(options?: { keepUnusable?: boolean }): Promise<void>
  /** `force`: also where somebody else was first. */
  save(options?: { force?: boolean }): Promise<void>
  test(): Promise<void>
}

export function useForm(original: Original | null, start: Draft): Form {
  return useMemo(() => createForm(original, start), [])
}

function createForm(original: Original | null, start: Draft): Form {
  const draft = signal(start)
  const faults = signal<ReadonlyMap<string, string>>(new Map())
  const outcome = signal<Outcome | null>(null)
  const running = signal<Task | null>(null)
  const refusals = signal(0)
  let before = original === null ? null : start
  let etag = original?.etag ?? null
  const name = () => original?.profile.auth_profile ?? draft.peek().values.auth_profile

  const run = async (task: Task, work: () => Promise<void>) => {
    if (running.peek() !== null) return
    running.value = task
    outcome.value = null
    faults.value = new Map()
    try {
      await whileAsked(task === 'create' ? undefined : findRow(name()), work)
    } catch (error) {
      const found = readFault(error, task)
      faults.value = found.faults
      outcome.value = found.outcome
      refusals.value += 1
      if (found.outcome?.kind === 'fails' && found.outcome.saved) await goOnFromSaved()
    } finally {
      running.value = null
    }
  }

  /** What was typed is in force now, though it does not work. */
  const goOnFromSaved = async () => {
    before = draft.peek()
    const answer = await readProfile(name()).catch(() => null)
    if (answer === null) return
    etag = answer.etag
    takeOver(answer.value)
  }

  const arrive = (profile: Profile, what: string) => {
    takeOver(profile)
    const isGood = profile.useable
    notify(
      `${isolated(profile.auth_profile)} was ${what}${isGood ? '; it works.' : ', although it does not work.'}`,
      isGood ? 'good' : 'plain',
    )
    goTo(profileLink(profile.auth_profile))
  }

  return {
    original,
    draft,
    faults,
    outcome,
    running,
    refusals,
    changes: () => patchOf(draft.value, original === null ? null : start),
    hasChanges: () => Object.keys(patchOf(draft.value, before)).length > 0,
    set(field, value) {
      const { values, cleared } = draft.peek()
      const kept = new Set(cleared)
      kept.delete(field as FieldName)
      draft.value = { ...draft.peek(), values: { ...values, [field]: value }, cleared: kept }
      if (faults.peek().has(field)) {
        faults.value = new Map([...faults.peek()].filter(([key]) => key !== field))
      }
    },
    clear(field, isCleared) {
      const cleared = new Set(draft.peek().cleared)
      if (isCleared) cleared.add(field)
      else cleared.delete(field)
      draft.value = { ...draft.peek(), cleared }
    },
    create: ({ keepUnusable = false } = {}) =>
      run('create', async () => {
        const body = { auth_profile: name(), ...patchOf(draft.peek(), null) }
        arrive(await createProfile(body, { keepUnusable }), 'created')
      }),
    save: ({ force = false } = {}) =>
      run('save', async () => {
        const ifMatch = force ? null : etag
        arrive(await updateProfile(name(), patchOf(draft.peek(), before), { ifMatch }), 'saved')
      }),
    test: () =>
      run('test', async () => {
        const patch = patchOf(draft.peek(), before)
        const { namespace, check } = await updateProfile(name(), patch, {
          dryRun: true,
          ifMatch: null,
        })
        outcome.value = { kind: 'works', namespace, duration_ms: check?.duration_ms ?? null }
      }),
  }
}

function readFault(
  error: unknown,
  task: Task,
): { faults: Map<string, string>; outcome: Outcome | null } {
  const none = new Map<string, string>()
  if (!(error instanceof ServiceProblem)) {
    const problem = { title: 'That did not work', detail: reasonOf(error), fix: 'Try again.' }
    return { faults: none, outcome: { kind: 'problem', ...problem } }
  }
  const { code, title, detail, fix = '', errors = [], check, saved = false } = error.problem
  if (check !== undefined) return { faults: none, outcome: { kind: 'fails', task, saved, check } }
  if (code === 'PRECONDITION_FAILED') return { faults: none, outcome: { kind: 'conflict' } }
  if (code === 'PROFILE_EXISTS') {
    return { faults: new Map([['auth_profile', `${detail}.`]]), outcome: null }
  }
  const faults = new Map(errors.map(({ pointer, message }) => [fieldOf(pointer), message]))
  // What is said at the fields need not be said twice.
  const outcome: Outcome | null = faults.size > 0 ? null : { kind: 'problem', title, detail, fix }
  return { faults, outcome }
}

/** A JSON pointer into the body → the field. */
function fieldOf(pointer: string): string {
  return pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
}
