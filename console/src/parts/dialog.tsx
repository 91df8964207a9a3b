/** A question that has to be answered first. The browser keeps the focus inside, and gives it back afterwards. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { reasonOf } from '../store/index.ts'
import { Fault } from './fault.tsx'
import { Icon, type IconName } from './icon.tsx'
import { wordsOf } from './words.tsx'

interface Props {
  /** What it is about: the page has the words of the button that does it, and of the question unless there is a title. */
  of: string
  title?: string
  children: ComponentChildren
  icon: IconName
  tone: 'primary' | 'danger'
  /** What it rejects with is shown, and the question stays. `isOpen`: nobody has taken it back meanwhile. */
  onConfirm: (isOpen: () => boolean) => Promise<void>
  onClose: () => void
}

export function Dialog({ of, title, children, icon, tone, onConfirm, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const fault = useSignal('')
  useEffect(() => dialog.current?.showModal(), [])
  const close = () => dialog.current?.close()
  const isBusy = useRef(false)
  const confirm = async () => {
    if (isBusy.current) return
    isBusy.current = true
    await onConfirm(() => dialog.current?.open ?? false).then(
      close,
      (error: unknown) => (fault.value = reasonOf(error)),
    )
    isBusy.current = false
  }
  return (
    <dialog ref={dialog} aria-labelledby="question" onClose={onClose}>
      <h2 id="question">{title ?? wordsOf(`${of}-title`)}</h2>
      {children}
      <Fault text={fault.value} />
      <div class="dialog-actions">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button type="button" class={tone} onClick={() => void confirm()}>
          <Icon name={icon} />
          {wordsOf(`${of}-verb`)}
        </button>
      </div>
    </dialog>
  )
}
