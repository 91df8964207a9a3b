/** Copies a text and says so for a moment. */
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import { copyText } from './copy-text.ts'
import { Icon } from './icon.tsx'
import { wordsOf } from './words.tsx'

interface Props {
  text: string
  /** What is copied, as the end of "Copy …". A fix is a sentence: rarely copied, and no more than an icon. */
  what: string
}

const SHOWN_MS = 2_000

export function CopyButton({ text, what }: Props) {
  const said = useSignal('')
  useEffect(() => {
    if (said.value === '') return undefined
    const timer = setTimeout(() => (said.value = ''), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [said.value])
  const copy = async () => {
    said.value = (await copyText(text)) ? 'Copied' : wordsOf('no-copy')
  }
  return (
    <button
      type="button"
      class={`small copy ${what === 'fix' ? 'slight' : ''}`}
      title={what === 'fix' ? 'Copy fix' : text}
      onClick={() => void copy()}
    >
      <Icon name={said.value === 'Copied' ? 'check' : 'copy'} />
      <span aria-live="polite" class={what === 'fix' ? 'unseen' : ''}>
        {said.value || `Copy ${what}`}
      </span>
    </button>
  )
}
