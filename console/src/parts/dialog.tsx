/** A question that has to be answered first. The browser keeps the focus inside, and gives it back afterwards. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { reasonOf } from '../store/index.ts'
import { Fault } from './fault.tsx'
import { Icon, type IconName } from './icon.tsx'

interface Props {
  title: string
  children: ComponentChildren
  icon: IconName
  /** What the button says that does it. */
  verb: string
  tone: 'primary' | 'danger'
  /** What it rejects with is shown, and the question stays. */
  onConfirm: () => Promise<void>
  onClose: () => void
}

export function Dialog({ title, children, icon, verb, tone, onConfirm, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const fault = useSignal('')
  const id = useId()
  useEffect(() => dialog.current?.showModal(), [])
  const close = () => dialog.current?.close()
  const confirm = () => onConfirm().then(close, (error: unknown) => (fault.value = reasonOf(error)))
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id}>{title}</h2>
      {children}
      <Fault text={fault.value} />
      <div class="dialog-actions">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button type="button" class={tone} onClick={() => void confirm()}>
          <Icon name={icon} />
          {verb}
        </button>
      </div>
    </dialog>
  )
}
