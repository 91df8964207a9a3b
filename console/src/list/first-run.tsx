/** There are no profiles: what to do about it. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { CopyButton, Words, wordsOf } from '../parts/index.ts'
import { readSettings, readWithRetries } from '../service/index.ts'
import { readiness } from '../store/index.ts'

const COMMANDS = ['oci setup config', 'oci session authenticate']

export function FirstRun() {
  const file = useSignal('')
  useEffect(
    () =>
      readWithRetries(
        readSettings,
        ({ value }) => (file.value = String(value['config_file']?.value)),
      ),
    [],
  )
  const state = readiness.value?.config_file.state
  // At the start there were some.
  const hadSome = readiness.value?.steps.some(({ detail }) => / of [1-9]/.test(detail ?? ''))
  return (
    <section class="card first-run">
      <h2>{wordsOf('first-run-title')}</h2>
      <p>
        {file.value !== '' && state !== undefined && (
          <>
            The config file <code>{file}</code>{' '}
            {state === 'read' ? (
              hadSome ? (
                <Words of="removed" />
              ) : (
                'has no profiles.'
              )
            ) : (
              'is not there.'
            )}{' '}
          </>
        )}
        {wordsOf('appear')}
      </p>
      <p>
        <Words of="make-one" />
      </p>
      {COMMANDS.map((command) => (
        <div key={command} class="command">
          <code>{command}</code>
          <CopyButton text={command} what="command" />
        </div>
      ))}
      <Words of="first-run" />
    </section>
  )
}
