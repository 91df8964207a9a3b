/** Rows → those that the query asks for, in its order. */
import { computed } from '@preact/signals'
import { rows, type Row, type State } from '../store/index.ts'
import { listQuery, type ListQuery, type Shown, type Sort } from './query.ts'

export interface Counts {
  all: number
  works: number
  fails: number
  checking: number
}

type Key = string | number | null

const RANK: Record<State, number> = { fails: 0, checking: 1, unchecked: 2, works: 3 }

/** What each column sorts by. What is not there comes last, whichever way round. */
const KEYS: Record<Exclude<Sort, 'file'>, (row: Row) => Key> = {
  name: ({ name }) => name,
  state: ({ state, profile }) => `${RANK[state.value]} ${profile.value.check?.code ?? ''}`,
  region: ({ profile }) => profile.value.region,
  checked: ({ profile }) => profile.value.check?.checked_at ?? null,
  took: ({ profile }) => profile.value.check?.duration_ms ?? null,
  token: ({ tokenExpiresAt }) => tokenExpiresAt.value,
}

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

export const counts = computed<Counts>(() => {
  const all = rows.value ?? []
  const count = (state: State) => all.filter((row) => row.state.value === state).length
  return {
    all: all.length,
    works: count('works'),
    fails: count('fails'),
    checking: count('checking'),
  }
})

const keepOrdered = keepSame()
const keepFound = keepSame()

/** All rows, in the order that the query asks for. */
export const orderedRows = computed<readonly Row[]>((): readonly Row[] => {
  const { sort, descending } = listQuery.value
  const all = rows.value ?? []
  return keepOrdered(sort === 'file' ? all : sorted(all, sort, descending))
})

const foundRows = computed<readonly Row[]>(() => {
  const query = listQuery.value
  return keepFound((rows.value ?? []).filter((row) => isShown(row, query)))
})

/** Those that the query asks for. The others stay on the page unseen: taking them away and back would take longer. */
export const shownRows = computed<ReadonlySet<Row>>(() => new Set(foundRows.value))

/** Gives the array before as long as the next has the same rows in the same places: nothing is drawn again then. */
function keepSame(): (next: readonly Row[]) => readonly Row[] {
  let last: readonly Row[] = []
  return (next) => {
    const isSame = next.length === last.length && next.every((row, index) => row === last[index])
    return isSame ? last : (last = next)
  }
}

function isShown(row: Row, { text, shown }: ListQuery): boolean {
  if (!isInTab(row, shown)) return false
  const words = text.toLowerCase().split(/\s+/)
  return words.every((word) => row.text.value.includes(word))
}

/** A profile that is being checked stays where it was: tabs must not empty while all are checked. */
function isInTab(row: Row, shown: Shown): boolean {
  if (shown === 'all') return true
  const { useable, check } = row.profile.value
  return shown === 'working' ? useable : !useable && check?.status !== 'pending'
}

function sorted(all: readonly Row[], sort: Exclude<Sort, 'file'>, descending: boolean): Row[] {
  const keys = new Map(all.map((row) => [row, KEYS[sort](row)]))
  const sign = descending ? -1 : 1
  return all.toSorted((a, b) => {
    const [left, right] = [keys.get(a) ?? null, keys.get(b) ?? null]
    if (left === null || right === null) return Number(left === null) - Number(right === null)
    return sign * compare(left, right)
  })
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return collator.compare(String(a), String(b))
}
