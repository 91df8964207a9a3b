/** What can be done with the draft. */
import { backToList, profileLink } from '../location.ts'
import { Words } from '../parts/index.ts'
import type { Form } from './create-form.ts'

export function FormActions({ form, isGone }: { form: Form; isGone: boolean }) {
  const task = form.running.value
  const name = form.original?.profile.auth_profile
  const isNew = name === undefined || isGone
  return (
    <div class="form-actions">
      {isNew ? (
        <button class="primary" aria-disabled={task !== null}>
          {task === 'create'
            ? 'Checking …'
            : isGone
              ? 'Create it with these values'
              : 'Create profile'}
        </button>
      ) : (
        <>
          <button class="primary" disabled={!form.hasChanges()} aria-disabled={task !== null}>
            {task === 'save' ? 'Checking …' : 'Save'}
          </button>
          <button type="button" aria-disabled={task !== null} onClick={() => void form.test()}>
            {task === 'test' ? 'Testing …' : 'Test without saving'}
          </button>
        </>
      )}
      <a class="button" href={isNew ? backToList() : profileLink(name)}>
        Cancel
      </a>
      <p class="hint">
        <Words of={isNew ? 'create' : 'save'} />
      </p>
    </div>
  )
}
