/** What the list shows and in which order: kept in the address, so that it can be linked and comes back with "back". */
import { computed } from '@preact/signals'
import { listParameters, replaceListParameters } from '../location.ts'

export const SHOWN = ['all', 'failing', 'working'] as const
export const SORTS = ['file', 'name', 'state', 'region', 'checked', 'took', 'token'] as const

export type Shown = (typeof SHOWN)[number]
export type Sort = (typeof SORTS)[number]

export interface ListQuery {
  text: string
  shown: Shown
  sort: Sort
  descending: boolean
}

export const listQuery = computed<ListQuery>(() => {
  const parameters = listParameters.value
  const sort = parameters.get('sort') ?? 'file'
  return {
    text: parameters.get('q') ?? '',
    shown: SHOWN.find((each) => each === parameters.get('show')) ?? 'all',
    sort: SORTS.find((each) => each === sort.replace(/^-/, '')) ?? 'file',
    descending: sort.startsWith('-'),
  }
})

export function changeQuery(change: Partial<ListQuery>): void {
  const { text, shown, sort, descending } = { ...listQuery.peek(), ...change }
  const parameters = new URLSearchParams()
  if (text !== '') parameters.set('q', text)
  if (shown !== 'all') parameters.set('show', shown)
  if (sort !== 'file') parameters.set('sort', `${descending ? '-' : ''}${sort}`)
  replaceListParameters(parameters)
}

/** Of these the last comes first: the newest, the slowest. */
const LAST_FIRST: ReadonlySet<Sort> = new Set(['checked', 'took'])

/** The same column again turns the order round, and then gives it up. */
export function sortBy(sort: Sort): void {
  const before = listQuery.peek()
  const first = LAST_FIRST.has(sort)
  if (before.sort !== sort) changeQuery({ sort, descending: first })
  else if (before.descending === first) changeQuery({ descending: !first })
  else changeQuery({ sort: 'file', descending: false })
}
