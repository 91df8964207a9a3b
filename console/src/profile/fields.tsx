/** Every field with its value and where that came from; sensitive ones only for half a minute, and on record. */
import { useSignal } from '@preact/signals'
import { sourceText } from '../format/words.ts'
import { CopyButton, Icon } from '../parts/index.ts'
import {
  isSensitive,
  type DiagnosedField,
  type Diagnosis,
  type Severity,
} from '../service/index.ts'
import { RevealDialog } from './reveal-dialog.tsx'
import type { Revealed } from './use-revealed.ts'

interface Props {
  diagnosis: Diagnosis | null
  revealed: Revealed
}

export function Fields({ diagnosis, revealed }: Props) {
  const isAsking = useSignal(false)
  const isRevealed = revealed.values.value !== null
  if (diagnosis === null) return <p class="card waiting">Reading the fields …</p>
  const { file } = diagnosis.origin
  const severities = new Map(
    diagnosis.findings.toReversed().map(({ field, severity }) => [field, severity]),
  )
  const fields = Object.entries(diagnosis.fields)
  const isShown = ([name, field]: [string, DiagnosedField]) =>
    severities.has(name) || name === 'authentication' || !isAbsent(field)
  return (
    <section class="card" aria-labelledby="fields">
      <div class="card-head">
        <div class="card-title">
          <h2 id="fields">Fields</h2>
          {file !== undefined && <code class="muted">{file}</code>}
        </div>
        <span class="revealed">
          {isRevealed && <span class="muted number">Hidden in {revealed.secondsLeft} s</span>}
          {/* One button, so that the focus stays with it. */}
          <button
            key="reveal"
            type="button"
            class="small"
            onClick={isRevealed ? revealed.hide : () => (isAsking.value = true)}
          >
            <Icon name="eye" />
            {isRevealed ? 'Hide now' : 'Show sensitive values'}
          </button>
        </span>
      </div>
      <dl class="fields">
        {fields.filter(isShown).map(([name, field]) => (
          <Field
            key={name}
            name={name}
            field={field}
            file={file}
            severity={severities.get(name)}
            revealed={revealed}
          />
        ))}
        <div class="field-row absent">
          <dt>not set</dt>
          <dd class="absent-names mono">
            {fields
              .filter((entry) => !isShown(entry))
              .map(([name]) => name)
              .join(', ')}
          </dd>
        </div>
      </dl>
      {isAsking.value && (
        <RevealDialog onShow={revealed.show} onClose={() => (isAsking.value = false)} />
      )}
    </section>
  )
}

/** Nothing that anybody has written. */
function isAbsent({ value, source }: DiagnosedField): boolean {
  return value === null || value === '' || (value === false && source === 'default')
}

interface FieldProps {
  name: string
  field: DiagnosedField
  /** The file that the profile comes from: named once, not with each line. */
  file: string | undefined
  severity: Severity | undefined
  revealed: Revealed
}

function Field({ name, field, file, severity, revealed }: FieldProps) {
  const plain = isSensitive(name) ? revealed.values.value?.[name] : undefined
  const isSet = field.value !== null && field.value !== ''
  const isNamed = isSet || field.source !== 'default'
  return (
    <div class="field-row">
      <dt>
        <code>{name}</code>
        {severity !== undefined && severity !== 'info' && (
          <span class={severity}>
            <Icon name="warning" />
            <span class="unseen">{severity}</span>
          </span>
        )}
      </dt>
      <dd class="value">
        {plain != null ? (
          <Plain name={name} value={plain} />
        ) : isSensitive(name) && isSet ? (
          <span class="masked">
            <span aria-hidden="true">••••••••</span>
            <span class="unseen">set, not shown</span>
          </span>
        ) : isSet ? (
          <span class="mono">{String(field.value)}</span>
        ) : (
          <span class="muted">not set</span>
        )}
      </dd>
      <dd class="source" title={isNamed ? sourceText(field) : undefined}>
        {isNamed && sourceText(field, file)}
      </dd>
    </div>
  )
}

function Plain({ name, value }: { name: string; value: string }) {
  return (
    <div class="plain-value">
      {value.includes('\n') ? <pre>{value}</pre> : <span class="mono">{value}</span>}
      <CopyButton text={value} what={name} />
    </div>
  )
}
