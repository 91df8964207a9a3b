/** One setting: its value, where that comes from, and a form where it may change at run time. */
import { useSignal } from '@preact/signals'
import { focusOn, Icon, wordsOf } from '../parts/index.ts'
import type { Setting } from '../service/index.ts'
import { keptSettings, SettingForm } from './setting-form.tsx'
import type { SettingProps } from './setting-props.ts'

const STRONGER = ['flag', 'environment', 'configuration.json']

export function SettingRow(props: SettingProps) {
  const { name, shown } = props
  const isEditing = useSignal(keptSettings.has(name))
  const setting = shown.value[name]!
  const isFixed = STRONGER.includes(setting.source)
  return (
    <li class="setting">
      <div>
        <h3>
          <code>{name}</code>
        </h3>
        <p class="hint">
          {setting.help} {setting.run_time && isFixed && wordsOf('fixed')}
        </p>
      </div>
      {isEditing.value ? (
        <SettingForm
          {...props}
          setting={setting}
          onClose={() => {
            isEditing.value = false
            focusOn(`#change-${name}`)
          }}
        />
      ) : (
        <div class="setting-value">
          <div>
            <p class="mono">{textOf(setting.value)}</p>
            <p class="hint">{sourceOf(setting)}</p>
          </div>
          {setting.run_time && !isFixed && (
            <button
              id={`change-${name}`}
              type="button"
              class="small"
              onClick={() => (isEditing.value = true)}
            >
              <Icon name="edit" />
              Change<span class="unseen"> {name}</span>
            </button>
          )}
        </div>
      )}
    </li>
  )
}

function sourceOf({ source, detail }: Setting): string {
  if (detail === null || source === 'default') return source
  return source === 'configuration.json' ? detail : `${source}: ${detail}`
}

function textOf(value: Setting['value']): string {
  if (value === null || value === '') return 'none'
  return typeof value === 'object' ? value.join(', ') : String(value)
}
