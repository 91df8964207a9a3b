/** One profile: whether it works, why not, where its values come from, and how its last checks went. */
import { useSignal } from '@preact/signals'
import { backToList, editLink } from '../location.ts'
import { Icon, Name, NoPage } from '../parts/index.ts'
import { checkNow, findRow, type Row } from '../store/index.ts'
import { DeleteDialog } from './delete-dialog.tsx'
import { Dialects } from './dialects.tsx'
import { Facts } from './facts.tsx'
import { Fields } from './fields.tsx'
import { Findings } from './findings.tsx'
import { History } from './history.tsx'
import { Lasting } from './lasting.tsx'
import { useDiagnosis } from './use-diagnosis.ts'
import { useRevealed } from './use-revealed.ts'

export function ProfilePage({ name }: { name: string }) {
  const row = findRow(name)
  return row === undefined ? (
    <NoPage why="missing" name={name} />
  ) : (
    <Profile key={row.name} row={row} />
  )
}

function Profile({ row }: { row: Row }) {
  const diagnosis = useDiagnosis(row)
  const revealed = useRevealed(row)
  return (
    <>
      <Head row={row} />
      <div class="columns">
        <div class="column">
          <Findings row={row} diagnosis={diagnosis.value} />
          <Lasting row={row} diagnosis={diagnosis.value} revealed={revealed} />
          <Fields diagnosis={diagnosis.value} revealed={revealed} />
          <Dialects diagnosis={diagnosis.value} />
        </div>
        <div class="column rail">
          <Facts row={row} />
          <History row={row} />
        </div>
      </div>
    </>
  )
}

function Head({ row }: { row: Row }) {
  const isDeleting = useSignal(false)
  const state = row.state.value
  return (
    <header class="page-head profile-head">
      <div class="heading">
        <a class="back" href={backToList()}>
          <Icon name="left" />
          Profiles
        </a>
        <div class="title">
          <h1 tabIndex={-1}>
            <Name>{row.name}</Name>
          </h1>
          <span class="chip">{row.profile.value.authentication}</span>
        </div>
      </div>
      <div class="actions">
        <button
          type="button"
          aria-disabled={state === 'checking'}
          onClick={() => void checkNow(row)}
        >
          <Icon name="refresh" />
          {state === 'checking' ? 'Checking …' : 'Check again'}
        </button>
        <a class="button" href={editLink(row.name)}>
          <Icon name="edit" />
          Edit
        </a>
        <button type="button" class="delete" onClick={() => (isDeleting.value = true)}>
          <Icon name="trash" />
          Delete
        </button>
      </div>
      {isDeleting.value && (
        <DeleteDialog
          name={row.name}
          origin={row.profile.value.origin}
          onClose={() => (isDeleting.value = false)}
        />
      )}
    </header>
  )
}
