/** The heads of the columns: each sorts by its own. */
import { Icon, wordsOf } from '../parts/index.ts'
import { listQuery, sortBy, SORTS } from './query.ts'

/** All but the order of the file. */
const COLUMNS = SORTS.slice(1)

export function ListHead() {
  const { sort, descending } = listQuery.value
  return (
    <div role="rowgroup" class="list-head">
      <div role="row" class="heads">
        {COLUMNS.map((column) => {
          const isSorted = column === sort
          const order = descending ? 'descending' : 'ascending'
          return (
            <div
              key={column}
              role="columnheader"
              class={`cell-${column}`}
              aria-sort={isSorted ? order : 'none'}
            >
              <button
                type="button"
                class={`head ${isSorted ? order : ''}`}
                onClick={() => sortBy(column)}
              >
                {wordsOf(`head-${column}`)}
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
