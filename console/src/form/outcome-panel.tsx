/** What came of the last attempt: cause, fix, and what is in force now. */
import { useEffect, useRef } from 'preact/hooks'
import { durationText } from '../format/time.ts'
import { CodeLink, FixBox, Prose, Verdict, Words, wordsOf } from '../parts/index.ts'
import type { Check } from '../service/index.ts'
import { fillIn } from './fill-in.ts'
import type { Form, Outcome } from './create-form.ts'

interface Props {
  form: Form
  onReadAgain: () => void
}

export function OutcomePanel({ form, onReadAgain }: Props) {
  const panel = useRef<HTMLDivElement>(null)
  const outcome = form.outcome.value
  useEffect(() => {
    if (outcome === null) return
    panel.current?.focus({ preventScroll: true })
    panel.current?.scrollIntoView({ block: 'nearest' })
  }, [outcome])
  const isStale = form.judged.value !== form.draft.value
  return (
    <div ref={panel} class={`outcome ${isStale ? 'stale' : ''}`} tabIndex={-1} role="alert">
      {outcome !== null && isStale && (
        <p>
          <Words of="stale" />
        </p>
      )}
      {outcome !== null && <OutcomeText outcome={outcome} form={form} onReadAgain={onReadAgain} />}
    </div>
  )
}

function OutcomeText({ outcome, form, onReadAgain }: Props & { outcome: Outcome }) {
  switch (outcome.kind) {
    case 'works':
      return <Success outcome={outcome} />
    case 'fails':
      return <Failure outcome={outcome} form={form} />
    case 'conflict':
      return <Conflict fields={outcome.fields} form={form} onReadAgain={onReadAgain} />
    default:
      return (
        <div class="card notice-card">
          <h2>{outcome.title}</h2>
          <p>{outcome.detail}</p>
          <p class="muted">{outcome.fix}</p>
        </div>
      )
  }
}

function Success({ outcome }: { outcome: Outcome & { kind: 'works' } }) {
  return (
    <div class="card verdict works">
      <Verdict state="works" title={wordsOf('tested-title')}>
        OCI answered with namespace <code>{outcome.namespace}</code>
        {outcome.duration_ms === null ? '' : ` in ${durationText(outcome.duration_ms)}`}. Nothing
        was saved.
      </Verdict>
    </div>
  )
}

function Conflict({ form, fields, onReadAgain }: Props & { fields: readonly string[] }) {
  return (
    <div class="card notice-card warn">
      <h2>{wordsOf('conflict-title')}</h2>
      <p>
        Different now: <code>{fields.join(', ')}</code>. <Words of="conflict" />
      </p>
      <div class="fix-actions">
        <button type="button" onClick={() => void form.save({ force: true })}>
          Save mine on top
        </button>
        <button type="button" onClick={onReadAgain}>
          Drop mine and read again
        </button>
      </div>
    </div>
  )
}

function Failure({ outcome, form }: { outcome: Outcome & { kind: 'fails' }; form: Form }) {
  const { task, saved, check } = outcome
  // `fails-create`, `fails-test`, `fails-save`; `fails-saved` where the new values are in force all the same.
  const words = `fails-${saved ? 'saved' : task}`
  return (
    <div class="card verdict fails">
      <Verdict state="fails" title={wordsOf(`${words}-title`)}>
        <Words of={words} />
      </Verdict>
      <div class="finding error">
        <div class="finding-head">
          <CodeLink code={check.code} />
        </div>
        <p class="message">
          <Prose text={check.message} />
        </p>
        <FixBox
          fix={check.fix}
          field={fieldOf(check, form)}
          onUse={(field, value) => fillIn(form, field, value)}
        />
      </div>
      {task === 'create' && form.judged.value === form.draft.value && (
        <div class="keep">
          <button type="button" onClick={() => void form.create({ keepUnusable: true })}>
            Keep it anyway
          </button>
          <span class="hint">
            <Words of="keep" />
          </span>
        </div>
      )}
    </div>
  )
}

/** A message begins with the field that it is about, if it is about one. */
function fieldOf({ message }: Check, form: Form): string | null {
  const [word = ''] = message?.split(' ') ?? []
  return Object.hasOwn(form.draft.peek().values, word) ? word : null
}
