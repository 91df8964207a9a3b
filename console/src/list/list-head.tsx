/** The heads of the columns: each sorts by its own. */
import { Icon } from '../parts/index.ts'
import { listQuery, sortBy, type Sort } from './query.ts'

const COLUMNS: readonly { sort: Sort; title: string; place: string }[] = [
  { sort: 'name', title: 'Profile', place: 'name' },
  { sort: 'state', title: 'State', place: 'state' },
  { sort: 'region', title: 'Region, tenancy', place: 'place' },
  { sort: 'checked', title: 'Checked', place: 'checked' },
  { sort: 'took', title: 'Took', place: 'took' },
  { sort: 'token', title: 'Token', place: 'token' },
]

export function ListHead() {
  const { sort, descending } = listQuery.value
  return (
    <div role="rowgroup" class="list-head">
      <div role="row" class="heads">
        {COLUMNS.map((column) => {
          const isSorted = column.sort === sort
          const order = descending ? 'descending' : 'ascending'
          return (
            <div
              key={column.sort}
              role="columnheader"
              class={`cell-${column.place}`}
              aria-sort={isSorted ? order : 'none'}
            >
              <button
                type="button"
                class={`head ${isSorted ? order : ''}`}
                onClick={() => sortBy(column.sort)}
              >
                {column.title}
                <Icon name="sort" />
              </button>
            </div>
          )
        })}
        <div role="columnheader" class="cell-action">
          <span class="unseen">Check again</span>
        </div>
      </div>
    </div>
  )
}
