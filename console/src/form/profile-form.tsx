/** The form itself: fields that fit the authentication type, and what the service said of the last attempt. */
import { useEffect, useRef } from 'preact/hooks'
import { backToList, guardLeaving, profileLink } from '../location.ts'
import { focusOn, Icon, LastingLines, Name, Words, wordsOf } from '../parts/index.ts'
import { findRow, takeProposal } from '../store/index.ts'
import { AuthField } from './auth-field.tsx'
import type { Form } from './create-form.ts'
import { draftOf } from './draft.ts'
import { groupFields } from './field-words.ts'
import { fillIn } from './fill-in.ts'
import { FormActions } from './form-actions.tsx'
import { FormField } from './form-field.tsx'
import { OutcomePanel } from './outcome-panel.tsx'
import { PasteBox } from './paste-box.tsx'
import { TextField } from './text-field.tsx'

interface Props {
  form: Form
  onReadAgain: () => void
}

export function ProfileForm({ form, onReadAgain }: Props) {
  const element = useRef<HTMLFormElement>(null)
  useStay(form)
  useFocusOnFault(form, element)
  const { original } = form
  const { auth_profile, authentication } = form.draft.value.values
  const { fitting, others } = groupFields(authentication)
  const isNew = original === null
  const isGone = !isNew && findRow(auth_profile) === undefined
  const isRunning = form.running.value !== null
  return (
    <>
      <FormHead name={original?.profile.auth_profile} />
      <div class="columns form-columns">
        <fieldset class="form-paste" disabled={isRunning}>
          <PasteBox form={form} isOpen={isNew} />
        </fieldset>
        <form
          ref={element}
          class="column"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void (isNew || isGone ? form.create() : form.save())
          }}
        >
          {isGone && <Gone />}
          <OutcomePanel form={form} onReadAgain={onReadAgain} />
          <fieldset class="column" disabled={isRunning}>
            <section class="card form-card">
              {isNew && <TextField form={form} field="auth_profile" isNeeded />}
              <AuthField form={form} />
              {fitting.map((field) => (
                <FormField key={field} form={form} field={field} />
              ))}
            </section>
            <OtherFields form={form} fields={others} />
          </fieldset>
          <FormActions form={form} isGone={isGone} />
        </form>
        <LastingLines
          name={auth_profile}
          file={original?.profile.origin.file}
          changes={form.changes()}
        />
      </div>
    </>
  )
}

function Gone() {
  return (
    <div class="card notice-card warn" role="alert">
      <h2>{wordsOf('gone-title')}</h2>
      <p>
        <Words of="gone" />
      </p>
    </div>
  )
}

function FormHead({ name }: { name: string | undefined }) {
  return (
    <header class="page-head">
      <div class="heading">
        <a class="back" href={name === undefined ? backToList() : profileLink(name)}>
          <Icon name="left" />
          {name === undefined ? 'Profiles' : <Name>{name}</Name>}
        </a>
        <h1 tabIndex={-1}>
          {name === undefined ? (
            'New profile'
          ) : (
            <>
              Edit <Name>{name}</Name>
            </>
          )}
        </h1>
      </div>
    </header>
  )
}

/** Open where something in it is set, or wrong. */
function OtherFields({
  form,
  fields,
}: {
  form: Form
  fields: ReturnType<typeof groupFields>['others']
}) {
  const empty = draftOf(null, false).values
  const { values } = form.draft.value
  const isUsed = fields.some(
    (field) => values[field] !== empty[field] || form.original?.present.has(field),
  )
  const isFaulty = fields.some((field) => form.faults.value.has(field))
  // Never closed under the hands of somebody who empties a field.
  const isOpen = useRef(false)
  isOpen.current ||= isUsed || isFaulty
  return (
    <details class="card form-card" open={isOpen.current}>
      <summary>Other fields</summary>
      {fields.map((field) => (
        <FormField key={field} form={form} field={field} />
      ))}
    </details>
  )
}

/** A finding may have sent its reader here, with a value for a field. Nobody leaves without being asked. */
function useStay(form: Form): void {
  useEffect(() => {
    form.isShown = true
    const proposal = takeProposal(form.original?.profile.auth_profile ?? '')
    focusOn('main h1')
    // After the heading of the page has had the focus.
    if (proposal !== null) setTimeout(() => fillIn(form, proposal.field, proposal.value))
    const giveUp = guardLeaving(form.isDirty)
    return () => {
      giveUp()
      form.isShown = false
    }
  }, [])
}

function useFocusOnFault(form: Form, element: { current: HTMLFormElement | null }): void {
  const refusals = form.refusals.value
  useEffect(() => {
    // What came of it as a whole has the focus already.
    if (refusals === 0 || form.outcome.peek() !== null) return
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])
}
