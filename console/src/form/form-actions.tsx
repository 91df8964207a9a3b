/** What can be done with the draft. */
import { backToList, profileLink } from '../location.ts'
import type { Form } from './use-form.ts'

export function FormActions({ form }: { form: Form }) {
  const task = form.running.value
  const name = form.original?.profile.auth_profile
  const cancel = name === undefined ? backToList() : profileLink(name)
  return (
    <div class="form-actions">
      {name === undefined ? (
        <button class="primary" aria-disabled={task !== null}>
          {task === 'create' ? 'Checking …' : 'Create profile'}
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
      <a class="button" href={cancel}>
        Cancel
      </a>
      <p class="hint">
        {name === undefined
          ? 'The profile is checked first, and created if it works.'
          : 'The values are checked first. A profile that works keeps its old values if the new ones do not.'}
      </p>
    </div>
  )
}
