/** All profiles at a glance. */
import { NEW } from '../location.ts'
import { Icon } from '../parts/index.ts'
import { rows } from '../store/index.ts'
import { ConfigFault } from './config-fault.tsx'
import { FirstRun } from './first-run.tsx'
import { ListHead } from './list-head.tsx'
import { ListRow } from './list-row.tsx'
import { ListTools } from './list-tools.tsx'
import { changeQuery, listQuery } from './query.ts'
import { ReloadButton } from './reload-button.tsx'
import { counts, orderedRows, shownRows } from './shown-rows.ts'

export function ListPage() {
  const { all } = counts.value
  return (
    <>
      <header class="page-head">
        <div>
          <h1 tabIndex={-1}>Profiles</h1>
          <Summary />
        </div>
        <div class="actions">
          <ReloadButton />
          <a class="button primary" href={NEW}>
            <Icon name="plus" />
            New profile
          </a>
        </div>
      </header>
      <ConfigFault />
      {all === 0 ? <FirstRun /> : <List />}
    </>
  )
}

function List() {
  const count = shownRows.value.size
  return (
    <>
      <ListTools />
      <div role="table" aria-label="Profiles" class="list">
        <ListHead />
        <div role="rowgroup" class="list-body">
          {orderedRows.value.map((row) => (
            <ListRow key={row.name} row={row} />
          ))}
        </div>
      </div>
      {count === 0 && <NothingFound />}
    </>
  )
}

/** Where the profiles come from; how many work is what the tabs say. */
function Summary() {
  const { all, checking } = counts.value
  if (all === 0) return null
  const origins = (rows.value ?? []).map((row) => row.profile.value.origin)
  const [file] = origins.flatMap((origin) => origin.file ?? [])
  const ofApi = origins.filter(({ kind }) => kind === 'api').length
  return (
    <p class="summary">
      {file !== undefined && (
        <>
          from <code>{file}</code>
        </>
      )}
      {ofApi > 0 && ` · ${ofApi.toLocaleString('en')} created over the API`}
      {checking > 0 && ` · ${checking.toLocaleString('en')} being checked`}
    </p>
  )
}

function NothingFound() {
  const { text, shown } = listQuery.value
  const { all, works } = counts.value
  return (
    <div class="empty">
      <p>
        {text !== ''
          ? `No profile matches "${text}".`
          : shown === 'failing' && works === all
            ? `Every profile works: ${all} of ${all}.`
            : 'There is none now.'}
      </p>
      <button type="button" onClick={() => changeQuery({ text: '', shown: 'all' })}>
        Show all
      </button>
    </div>
  )
}
