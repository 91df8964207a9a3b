/** A new value for one setting. The service validates it, stores it, then applies it. */
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import { guardLeaving } from '../location.ts'
import { Fault, wordsOf } from '../parts/index.ts'
import { changeSettings, ServiceProblem, type Setting } from '../service/index.ts'
import { apiKey, refusal } from '../session.ts'
import { notify, reasonOf, rows } from '../store/index.ts'
import type { SettingProps } from './setting-props.ts'

interface Props extends SettingProps {
  setting: Setting
  onClose: () => void
}

/** What was typed when the service asked for another key: it is there again after the sign-in. */
export const keptSettings = new Map<string, string>()

const CHOICE = /^one of (.+)$/

export function SettingForm({ name, shown, setting, onChange, onReadAgain, onClose }: Props) {
  const before = useRef(String(setting.value ?? ''))
  const text = useSignal(keptSettings.get(name) ?? before.current)
  const fault = useSignal('')
  const field = useRef<HTMLInputElement & HTMLSelectElement>(null)
  const isClosed = useRef(false)
  const close = () => {
    isClosed.current = true
    onClose()
  }
  useEffect(() => {
    const here = location.hash
    field.current?.focus()
    const isTyped = () => text.peek() !== before.current
    const giveUp = guardLeaving(isTyped)
    keptSettings.delete(name)
    return () => {
      giveUp()
      // Nobody has gone elsewhere: the screen is only drawn anew.
      const isStay = apiKey.peek() !== null && location.hash === here && !isClosed.current
      if ((isStay || refusal.peek() === 'wrong') && isTyped()) keptSettings.set(name, text.peek())
    }
  }, [])
  const [, choice] = CHOICE.exec(setting.expected) ?? []
  const isBusy = useRef(false)
  const send = async (value: unknown) => {
    if (isBusy.current) return
    isBusy.current = true
    try {
      onChange(await changeSettings({ [name]: value }, shown.etag))
      notify(`${name} was changed.`, 'good')
      close()
    } catch (error) {
      fault.value = faultOf(error)
      if (isConflict(error)) onReadAgain()
    }
    isBusy.current = false
  }
  const id = `setting-${name}`
  const shared = {
    id,
    ref: field,
    value: text.value,
    'aria-label': name,
    'aria-invalid': fault.value !== '',
    'aria-describedby': `${id}-hint ${id}-fault`,
    onInput: (event: { currentTarget: { value: string } }) =>
      (text.value = event.currentTarget.value),
  }
  return (
    <form
      class="setting-form"
      noValidate
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
      onSubmit={(event) => {
        event.preventDefault()
        void send(valueOf(text.value, setting))
      }}
    >
      {choice === undefined ? (
        <input {...shared} autocomplete="off" list="profile-names" />
      ) : (
        <select {...shared}>
          {choice.split(', ').map((each) => (
            <option key={each}>{each}</option>
          ))}
        </select>
      )}
      {name === 'default_profile' && (
        <datalist id="profile-names">
          {rows.peek()?.map((row) => (
            <option key={row.name}>{row.name}</option>
          ))}
        </datalist>
      )}
      <p class="hint" id={`${id}-hint`}>
        Expected: {setting.expected}
      </p>
      <Fault text={fault.value} id={`${id}-fault`} />
      <div class="fix-actions">
        <button class="primary small">Save</button>
        <button type="button" class="small" onClick={() => void send(null)}>
          Back to the default
        </button>
        <button type="button" class="small" onClick={close}>
          Cancel
        </button>
      </div>
    </form>
  )
}

/** As JSON writes it; what is no number is sent as it is, for the service to say what it expects. */
function valueOf(text: string, setting: Setting): unknown {
  if (text.trim() === '') return null
  const isNumber = typeof setting.default === 'number' && !Number.isNaN(Number(text))
  return isNumber ? Number(text) : text
}

function isConflict(error: unknown): boolean {
  return error instanceof ServiceProblem && error.problem.code === 'PRECONDITION_FAILED'
}

function faultOf(error: unknown): string {
  if (isConflict(error)) return wordsOf('settings-conflict')
  const [first] = error instanceof ServiceProblem ? (error.problem.errors ?? []) : []
  return first?.message ?? reasonOf(error)
}
