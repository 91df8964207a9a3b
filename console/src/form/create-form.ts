/** What the form does: it sends the draft, and keeps what the service says of it. */
import { signal, type ReadonlySignal, type Signal } from '@preact/signals'
import { isolated } from '../format/isolated.ts'
import { goTo, profileLink } from '../location.ts'
import { wordsOf } from '../parts/index.ts'
import {
  createProfile,
  ServiceProblem,
  updateProfile,
  type Check,
  type FieldName,
  type Profile,
  type ProfilePatch,
} from '../service/index.ts'
import {
  dropOne,
  findRow,
  notify,
  reasonOf,
  rememberTyped,
  takeOver,
  whileAsked,
} from '../store/index.ts'
import { patchOf, type Draft } from './draft.ts'
import { emptyNeeded } from './field-words.ts'
import { differingFields, draftOfOriginal, readOriginal, type Original } from './original.ts'

export type Task = 'create' | 'save' | 'test'

export type Outcome =
  | { kind: 'works'; namespace: string | null; duration_ms: number | null }
  | { kind: 'fails'; task: Task; saved: boolean; check: Check }
  /** The profile was changed since it was read: in these fields. */
  | { kind: 'conflict'; fields: readonly string[] }
  | { kind: 'problem'; title: string; detail: string; fix: string }

export interface Form {
  /** As it was read; `null` for a new profile. */
  original: Original | null
  draft: Signal<Draft>
  /** Field → what the service says is wrong with it. */
  faults: ReadonlySignal<ReadonlyMap<string, string>>
  outcome: ReadonlySignal<Outcome | null>
  /** What the outcome is about: it says nothing of values that were typed since. */
  judged: ReadonlySignal<Draft | null>
  running: ReadonlySignal<Task | null>
  /** Counts the attempts that the service found fault with. */
  refusals: ReadonlySignal<number>
  /** False as soon as somebody has gone to another page. */
  isShown: boolean
  hasChanges(): boolean
  /** Text in the box for pasting. */
  pasted: Signal<string>
  /** The pasted text that is in the fields already. */
  taken: string
  /** The draft is on its way into the service. */
  isSaving(): boolean
  /** Whether leaving would lose something. `isFinal`: nobody will be there to see how a change ends. */
  isDirty(isFinal: boolean): boolean
  /** What differs from the profile as it was read, or from an empty form. */
  changes(): ProfilePatch
  set(field: keyof Draft['values'], value: string): void
  clear(field: FieldName, isCleared: boolean): void
  create(options?: { keepUnusable?: boolean }): Promise<void>
  /** `force`: also where somebody else was first. */
  save(options?: { force?: boolean }): Promise<void>
  test(): Promise<void>
}

export function createForm(original: Original | null): Form {
  const start = draftOfOriginal(original)
  const draft = signal(start)
  const faults = signal<ReadonlyMap<string, string>>(new Map())
  const outcome = signal<Outcome | null>(null)
  const judged = signal<Draft | null>(null)
  const running = signal<Task | null>(null)
  const refusals = signal(0)
  let base = original
  let before = start
  const name = () => draft.peek().values.auth_profile

  const run = async (task: Task, work: () => Promise<void>) => {
    if (running.peek() !== null) return
    running.value = task
    outcome.value = null
    faults.value = new Map()
    judged.value = draft.peek()
    try {
      await whileAsked(task === 'create' ? undefined : findRow(name()), work)
    } catch (error) {
      // The sign-in says so, and what was typed is there again after it.
      if (error instanceof ServiceProblem && error.problem.status === 401) return
      tellAway(reasonOf(error))
      if (isProblem(error, 'PROFILE_NOT_FOUND')) dropOne(name())
      const empty = emptyNeeded(draft.peek(), task === 'create' ? undefined : base?.present)
      const found = readFault(error, task, empty)
      // Who has not even given a name has looked at nothing yet.
      const needed = name() === '' ? neededFaults(empty) : []
      faults.value = new Map([...needed, ...found.faults])
      outcome.value = found.outcome
      refusals.value += 1
      if (found.outcome?.kind === 'fails' && found.outcome.saved) await goOnFromSaved()
    } finally {
      running.value = null
    }
  }

  /** Tells whoever has gone elsewhere what came of it. */
  const tellAway = (reason: string) => {
    if (!form.isShown) notify(`${isolated(name())}: ${reason}`, 'bad')
  }

  /** What was typed is in force now, though it does not work. */
  const goOnFromSaved = async () => {
    rememberTyped(name(), patchOf(draft.peek(), before))
    before = draft.peek()
    const read = await readOriginal(name()).catch(() => null)
    if (read === null) return
    base = read
    takeOver(read.profile)
  }

  /** Whoever has gone elsewhere meanwhile is told, and left where they are. */
  const arrive = (profile: Profile, what: string) => {
    rememberTyped(profile.auth_profile, patchOf(draft.peek(), before))
    before = draft.peek()
    takeOver(profile)
    const isGood = profile.useable
    notify(
      `${isolated(profile.auth_profile)} was ${what}${isGood ? '; it works.' : ', although it does not work.'}`,
      isGood ? 'good' : 'plain',
    )
    form.taken = form.pasted.peek()
    if (form.isShown) goTo(profileLink(profile.auth_profile))
  }

  const put = (ifMatch: string | null, dryRun = false) =>
    updateProfile(name(), patchOf(draft.peek(), before), { ifMatch, dryRun })

  /** Tags begin anew with each run of the service: what counts is whether the values are others. */
  const putAgain = async (error: unknown): Promise<Profile | null> => {
    if (!isProblem(error, 'PRECONDITION_FAILED')) throw error
    const now = await readOriginal(name())
    const fields = differingFields(base!, now)
    if (fields.length === 0) return put(now.etag)
    outcome.value = { kind: 'conflict', fields }
    tellAway(wordsOf('conflict-title'))
    return null
  }

  const form: Form = {
    original,
    draft,
    faults,
    outcome,
    judged,
    running,
    refusals,
    isShown: true,
    changes: () => patchOf(draft.value, original && start),
    hasChanges: () => Object.keys(patchOf(draft.value, before)).length > 0,
    pasted: signal(''),
    taken: '',
    isSaving: () => ![null, 'test'].includes(running.peek()),
    // What is being saved is there again if the service refuses it.
    isDirty: (isFinal) =>
      (isFinal || !form.isSaving()) &&
      (form.hasChanges() ||
        name() !== before.values.auth_profile ||
        !['', form.taken].includes(form.pasted.peek())),
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
        const profile = await put(force ? null : base!.etag).catch(putAgain)
        if (profile !== null) arrive(profile, 'saved')
      }),
    test: () =>
      run('test', async () => {
        const { namespace, check } = await put(null, true)
        outcome.value = { kind: 'works', namespace, duration_ms: check?.duration_ms ?? null }
      }),
  }
  return form
}

function neededFaults(fields: readonly string[]): Map<string, string> {
  return new Map(fields.map((field) => [field, wordsOf('needed')]))
}

export function isProblem(error: unknown, code: string): boolean {
  return error instanceof ServiceProblem && error.problem.code === code
}

function readFault(
  error: unknown,
  task: Task,
  empty: readonly string[],
): { faults: Map<string, string>; outcome: Outcome | null } {
  const none = new Map<string, string>()
  if (!(error instanceof ServiceProblem)) {
    const problem = { title: wordsOf('failed'), detail: reasonOf(error), fix: wordsOf('again') }
    return { faults: none, outcome: { kind: 'problem', ...problem } }
  }
  const { code, title, detail, fix = '', errors = [], check, saved = false } = error.problem
  if (check !== undefined) {
    const faults = check.code === 'FIELD_MISSING' ? neededFaults(empty) : none
    return { faults, outcome: { kind: 'fails', task, saved, check } }
  }
  if (code === 'PROFILE_EXISTS') {
    return { faults: new Map([['auth_profile', `${detail}.`]]), outcome: null }
  }
  // The form says so itself, and what can be done about it here.
  if (code === 'PROFILE_NOT_FOUND') return { faults: none, outcome: null }
  const faults = new Map(errors.map(({ pointer, message }) => [fieldOf(pointer), message]))
  // What is said at the fields need not be said twice.
  const outcome: Outcome | null = faults.size > 0 ? null : { kind: 'problem', title, detail, fix }
  return { faults, outcome }
}

/** A JSON pointer into the body → the field. */
function fieldOf(pointer: string): string {
  return pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~')
}
