/** Whether the profile works, and everything that was found, the worst first, each with what to do about it. */
import { editLink, goTo } from '../location.ts'
import { Ago, CodeLink, FixBox, Icon, Prose, Verdict, wordsOf } from '../parts/index.ts'
import { durationText } from '../format/time.ts'
import type { Check, Diagnosis, Finding } from '../service/index.ts'
import { propose, type Row } from '../store/index.ts'

export function Findings({ row, diagnosis }: { row: Row; diagnosis: Diagnosis | null }) {
  const { check, namespace } = row.profile.value
  const state = row.state.value
  const findings = findingsOf(check, diagnosis)
  return (
    <section class={`card verdict ${state}`} aria-label="State">
      <Verdict state={state} title={wordsOf(`verdict-${state}`)}>
        {state === 'works' && namespace !== null && (
          <>
            OCI answered with namespace <code>{namespace}</code>.{' '}
          </>
        )}
        {check?.checked_at && (
          <>
            Checked <Ago at={check.checked_at} />, took {durationText(check.duration_ms ?? 0)}.
          </>
        )}
      </Verdict>
      {findings.length > 0 && (
        <ul class="findings">
          {findings.map((finding) => (
            <FindingItem
              key={`${finding.code} ${finding.line} ${finding.message}`}
              finding={finding}
              name={row.name}
            />
          ))}
        </ul>
      )}
    </section>
  )
}

/** Those of the diagnosis, and the check's own where that knows more or the diagnosis is not there yet. */
function findingsOf(check: Check | null, diagnosis: Diagnosis | null): Finding[] {
  const found = diagnosis?.findings ?? []
  if (check?.status !== 'failed' || found.some(({ code }) => code === check.code)) return found
  const { code, message, fix } = check
  const own: Finding = {
    code: code ?? '',
    severity: 'error',
    field: null,
    line: null,
    message: message ?? '',
    fix: fix ?? '',
  }
  return [own, ...found]
}

function FindingItem({ finding, name }: { finding: Finding; name: string }) {
  const { code, severity, field, line, message, fix } = finding
  return (
    <li class={`finding ${severity}`}>
      <div class="finding-head">
        <Icon name={severity} />
        <span class="unseen">{wordsOf(severity)}: </span>
        <CodeLink code={code} />
        {field !== null && (
          <span class="muted">
            {field}
            {line === null ? '' : `, line ${line}`}
          </span>
        )}
      </div>
      <p class="message">
        <Prose text={message} />
      </p>
      <FixBox
        fix={fix}
        field={severity === 'info' ? null : field}
        onUse={(target, value) => {
          propose({ name, field: target, value })
          goTo(editLink(name))
        }}
      />
    </li>
  )
}
