/** Settings with value, source and what may change; and how the service is doing. */
import { useEffect } from 'preact/hooks'
import { useSignal } from '@preact/signals'
import { Card } from '../parts/index.ts'
import { readSettings, readWithRetries } from '../service/index.ts'
import { connection, readiness, settingsRevision } from '../store/index.ts'
import { Health } from './health.tsx'
import type { Shown } from './setting-props.ts'
import { SettingRow } from './setting-row.tsx'

/** What may change while the service runs, and what needs a restart. */
const GROUPS = ['run-time', 'restart']

export function SettingsPage() {
  const shown = useSignal<Shown | null>(null)
  const again = useSignal(0)
  const readAgain = () => (again.value += 1)
  useEffect(
    () => readWithRetries(readSettings, (answer) => (shown.value = answer)),
    [settingsRevision.value, connection.value, again.value],
  )
  const put = (answer: Shown) => {
    shown.value = answer
    // What was asked for earlier is old by now.
    readAgain()
  }
  return (
    <>
      <header class="page-head">
        <h1 tabIndex={-1}>Settings</h1>
      </header>
      <div class="columns">
        <div class="column">
          {GROUPS.map((group) => (
            <Card key={group} id={group}>
              <ul class="settings">
                {Object.entries(shown.value?.value ?? {})
                  .filter(([, setting]) => setting.run_time === (group === 'run-time'))
                  .map(([name]) => (
                    <SettingRow
                      key={name}
                      name={name}
                      shown={shown.value!}
                      onChange={put}
                      onReadAgain={readAgain}
                    />
                  ))}
              </ul>
            </Card>
          ))}
        </div>
        <div class="column rail">
          {readiness.value !== null && <Health readiness={readiness.value} />}
        </div>
      </div>
    </>
  )
}
