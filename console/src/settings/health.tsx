/** How the service is doing: its start, step by step, and its database. */
import { exactTime, durationText } from '../format/time.ts'
import { Card, CodeLink, Icon, Prose, StateMark, Words, wordsOf } from '../parts/index.ts'
import type { Readiness, Step } from '../service/index.ts'
import type { State } from '../store/index.ts'

/** It is done without a database, too: that is tried again later. */
const DATABASE_STEP = 3

const STEP_MARKS: Record<Step['state'], State> = {
  waiting: 'unchecked',
  running: 'checking',
  done: 'works',
  failed: 'fails',
}

export function Health({ readiness }: { readiness: Readiness }) {
  const { status, steps, database } = readiness
  return (
    <>
      <Card
        id="health"
        beside={<span class={`status ${status}`}>{wordsOf(`service-${status}`)}</span>}
      >
        <ol class="history">
          {steps.map((step) => (
            <li key={step.number}>
              {step.number === DATABASE_STEP && database.state !== 'open' ? (
                <span class="warning">
                  <Icon name="warning" />
                </span>
              ) : (
                <StateMark state={STEP_MARKS[step.state]} />
              )}
              <div>
                <span class="history-line">
                  <span>
                    {step.number}. {step.name}
                    <span class="unseen">, {step.state}</span>
                  </span>
                  <span class="muted number">
                    {step.duration_ms === null ? step.state : durationText(step.duration_ms)}
                  </span>
                </span>
                {step.detail !== null && <span class="detail">{step.detail}</span>}
              </div>
            </li>
          ))}
        </ol>
      </Card>
      <Database database={database} />
    </>
  )
}

function Database({ database }: { database: Readiness['database'] }) {
  const { state, kind, code, message, fix, since } = database
  return (
    <Card
      id="database"
      beside={
        <span class={`status ${state === 'open' ? 'ready' : 'degraded'}`}>
          {kind}, {state}
        </span>
      }
    >
      <div class="facts">
        {code === null ? (
          <p class="muted">
            <Words of="kept-in-it" />
          </p>
        ) : (
          <>
            <p>
              <CodeLink code={code} />
            </p>
            <p>
              <Prose text={message} />
            </p>
            <p class="muted">{fix}</p>
          </>
        )}
        {since !== null && (
          <p class="muted">
            {state === 'open' ? 'Open since' : 'Since'} {exactTime(Date.parse(since))}
          </p>
        )}
      </div>
    </Card>
  )
}
