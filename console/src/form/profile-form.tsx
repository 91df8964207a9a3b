/** The form itself: fields that fit the authentication type, and what the service said of the last attempt. */
import { useEffect, useRef } from 'preact/hooks'
import { backToList, profileLink } from '../location.ts'
import { Icon, Name } from '../parts/index.ts'
import { takeProposal } from '../store/index.ts'
import { AuthField } from './auth-field.tsx'
import { draftOf, filledIn, type Draft } from './draft.ts'
import { groupFields } from './field-words.ts'
import { FileLines } from './file-lines.tsx'
import { fillIn } from './fill-in.ts'
import { FormActions } from './form-actions.tsx'
import { FormField } from './form-field.tsx'
import { OutcomePanel } from './outcome-panel.tsx'
import { PasteBox } from './paste-box.tsx'
import { TextField } from './text-field.tsx'
import { useForm, type Form, type Original } from './use-form.ts'

interface Props {
  original: Original | null
  start: Draft
  onReadAgain?: () => void
}

export function ProfileForm({ original, start, onReadAgain }: Props) {
  const form = useForm(original, start)
  const element = useRef<HTMLFormElement>(null)
  useProposal(form)
  useFocusOnFault(form, element)
  const { authentication } = form.draft.value.values
  const { fitting, others } = groupFields(authentication)
  const isNew = original === null
  return (
    <>
      <FormHead original={original} />
      <div class="columns form-columns">
        <form
          ref={element}
          class="column"
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            void (isNew ? form.create() : form.save())
          }}
        >
          <OutcomePanel form={form} onReadAgain={onReadAgain} />
          <section class="card form-card">
            {isNew && (
              <TextField
                form={form}
                field="auth_profile"
                hint="Letters, digits, and . _ @ -"
                isNeeded
              />
            )}
            <AuthField form={form} />
            {fitting.map((field) => (
              <FormField key={field} form={form} field={field} />
            ))}
          </section>
          <OtherFields form={form} fields={others} />
          <FormActions form={form} />
        </form>
        <div class="column rail">
          <PasteBox
            onFill={(parsed) => (form.draft.value = filledIn(form.draft.peek(), parsed, isNew))}
          />
          <FileLines form={form} />
        </div>
      </div>
    </>
  )
}

function FormHead({ original }: { original: Original | null }) {
  const name = original?.profile.auth_profile
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
  return (
    <details class="card form-card" open={isUsed || isFaulty}>
      <summary>Other fields</summary>
      {fields.map((field) => (
        <FormField key={field} form={form} field={field} />
      ))}
    </details>
  )
}

/** A finding may have sent its reader here, with a value for a field. */
function useProposal(form: Form): void {
  useEffect(() => {
    const proposal = takeProposal(form.original?.profile.auth_profile ?? '')
    if (proposal === null) return
    // After the heading of the page has had the focus.
    setTimeout(() => fillIn(form, proposal.field, proposal.value))
  }, [])
}

function useFocusOnFault(form: Form, element: { current: HTMLFormElement | null }): void {
  const refusals = form.refusals.value
  useEffect(() => {
    if (refusals === 0) return
    element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [refusals])
}
