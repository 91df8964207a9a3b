/** Events of the service → rows. They are applied a few times a second at most, however many arrive. */
import { batch, signal } from '@preact/signals'
import { isolated } from '../format/isolated.ts'
import { plural } from '../format/plural.ts'
import { readProfile, readWithRetries, type Frame, type Profile } from '../service/index.ts'
import { notify } from './notices.ts'
import {
  dropOne,
  noteChange,
  putCheck,
  putOne,
  rowNamed,
  rows,
  type Row,
  type State,
} from './rows.ts'
import { readTokensSoon } from './tokens.ts'

export interface EventSink {
  take(frames: Frame[]): void
  /** Of the last event, to go on from there. */
  lastId(): string | null
}

interface Deps {
  readAll(): Promise<void>
  onHello(version: string): void
  /** Nobody wants to know any more. */
  isOver(): boolean
}

interface Hello {
  /** Of this run of the service. */
  id: string
  version: string
}

interface NamedEvent {
  auth_profile: string
}

interface ReloadedEvent {
  counts: { added: number; changed: number; removed: number }
}

interface FaultyEvent {
  file: string
  line: number | null
  code: string
  kept: number
}

/** Counts what concerns settings, database and config file: whoever shows them reads them again. */
export const settingsRevision = signal(0)

const FLUSH_MS = 60
const RETRY_MS = 2_000
/** More changed profiles than this are read as a list. */
const FEW = 8

export function createEventSink({ readAll, onHello, isOver }: Deps): EventSink {
  let run: string | null = null
  let lastId: string | null = null
  let waiting: Frame[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let isReading = false

  const readEverything = async () => {
    isReading = true
    const isRead = await readAll().then(
      () => true,
      () => false,
    )
    isReading = false
    if (isRead) flush()
    else if (!isOver()) setTimeout(() => void readEverything(), RETRY_MS)
  }

  const flush = () => {
    timer = undefined
    if (isReading) return
    const frames = waiting
    waiting = []
    const stale = batch(() => applyAll(frames))
    if (stale.size > FEW || frames.some(changesEverything)) void readEverything()
    else stale.forEach(readAgain)
  }

  return {
    lastId: () => lastId,
    take(frames) {
      let isNewRun = false
      for (const frame of frames) {
        lastId = frame.id ?? lastId
        if (frame.event !== 'hello') {
          waiting.push(frame)
          continue
        }
        const hello = JSON.parse(frame.data) as Hello
        onHello(hello.version)
        settingsRevision.value += 1
        isNewRun = hello.id !== run
        run = hello.id
      }
      // Whatever was missed is part of what is read now.
      if (isNewRun) waiting = waiting.filter(({ event }) => event !== 'reset')
      if (isNewRun) {
        rows.peek()?.forEach(noteChange)
        void readEverything()
      }
      timer ??= setTimeout(flush, FLUSH_MS)
    },
  }
}

function changesEverything({ event, data }: Frame): boolean {
  if (event === 'reset') return true
  if (event !== 'config.reloaded') return false
  const { counts } = JSON.parse(data) as ReloadedEvent
  return counts.added + counts.changed + counts.removed > 0
}

/** Names of the profiles that have to be read again. */
function applyAll(frames: readonly Frame[]): Set<string> {
  const before = new Map<Row, State>()
  const stale = new Set<string>()
  for (const { event, data } of frames) {
    if (event === 'profile.checked') applyCheck(JSON.parse(data), before)
    else if (event === 'profile.removed') {
      const { auth_profile } = JSON.parse(data) as NamedEvent
      endReading(auth_profile)
      dropOne(auth_profile)
    } else if (event === 'profile.created' || event === 'profile.updated') {
      const { auth_profile } = JSON.parse(data) as NamedEvent
      noteChange(rowNamed(auth_profile))
      stale.add(auth_profile)
    } else {
      settingsRevision.value += 1
      if (event === 'config.reloaded') tellReload(JSON.parse(data))
      if (event === 'config.faulty') tellFault(JSON.parse(data))
    }
  }
  tellChanges(before)
  return stale
}

function applyCheck(
  event: NamedEvent & Pick<Profile, 'useable' | 'namespace' | 'check'>,
  before: Map<Row, State>,
): void {
  const { auth_profile, useable, namespace, check } = event
  const row = rowNamed(auth_profile)
  if (row && !before.has(row)) before.set(row, row.state.peek())
  putCheck(auth_profile, { useable, namespace, check })
  if (row?.profile.peek().authentication === 'security_token') readTokensSoon()
}

/** What ends the reading of each profile that was begun last. */
const readings = new Map<string, () => void>()

/** What an earlier reading brings is old by now. */
function endReading(name: string): void {
  readings.get(name)?.()
  readings.delete(name)
}

function readAgain(name: string): void {
  endReading(name)
  const before = rowNamed(name)?.profile.peek().check
  const end = readWithRetries(
    () => readProfile(name),
    ({ value }) => {
      const known = rowNamed(name)?.profile.peek()
      // A check that ended meanwhile is newer than the answer.
      const { useable, namespace, check } = known?.check === before ? value : (known ?? value)
      putOne({ ...value, useable, namespace, check })
      readTokensSoon()
    },
  )
  readings.set(name, end)
}

function tellReload({ counts }: ReloadedEvent): void {
  const words = (['added', 'changed', 'removed'] as const)
    .filter((what) => counts[what] > 0)
    .map((what) => `${counts[what]} ${what}`)
  if (words.length > 0) notify(`The config file was read again: ${words.join(', ')}.`)
}

function tellFault({ file, line, code, kept }: FaultyEvent): void {
  const place = line === null ? file : `${file}:${line}`
  const consequence = kept > 0 ? ` ${plural(kept, 'profile')} kept as before.` : ''
  notify(`${code} in the config file, ${place}.${consequence}`, 'bad')
}

/** Says which profiles no longer work, or work again. */
function tellChanges(before: ReadonlyMap<Row, State>): void {
  const settled: State[] = ['works', 'fails']
  const changed = [...before].filter(([row, state]) => {
    const after = row.state.peek()
    return settled.includes(state) && settled.includes(after) && after !== state
  })
  if (changed.length > 3) {
    const failing = changed.filter(([row]) => row.state.peek() === 'fails').length
    notify(`${failing} profiles now fail, ${changed.length - failing} work again.`)
    return
  }
  for (const [row] of changed) {
    const isGood = row.state.peek() === 'works'
    const code = row.profile.peek().check?.code ?? ''
    const name = isolated(row.name)
    notify(isGood ? `${name} works now.` : `${name} fails: ${code}`, isGood ? 'good' : 'bad')
  }
}
