/** What the list is narrowed down with: only failing, only working, a text. */
import { useSignal } from '@preact/signals'
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import { Icon, wordsOf } from '../parts/index.ts'
import { changeQuery, listQuery, sortBy, SORTS, type Shown, type Sort } from './query.ts'
import { counts, shownRows } from './shown-rows.ts'

const DEBOUNCE_MS = 80

export function ListTools() {
  return (
    <div class="tools">
      <Tabs />
      <Filter />
      <SortChoice />
    </div>
  )
}

function Tabs() {
  const { shown } = listQuery.value
  const { all, fails, works } = counts.value
  const tabs: [Shown, string, number][] = [
    ['all', 'All', all],
    ['failing', 'Failing', fails],
    ['working', 'Working', works],
  ]
  return (
    <div class="tabs" role="group" aria-label="Which profiles">
      {tabs.map(([key, word, count]) => (
        <button
          key={key}
          type="button"
          class={`tab ${key} ${count === 0 ? 'none' : ''}`}
          aria-pressed={shown === key}
          onClick={() => changeQuery({ shown: key })}
        >
          {word} <span class="count">{count.toLocaleString('en')}</span>
        </button>
      ))}
    </div>
  )
}

function Filter() {
  const input = useRef<HTMLInputElement>(null)
  // What is typed is seen at once, whatever the list takes to follow.
  const typed = useSignal(listQuery.peek().text)
  const followed = useRef(typed.peek())
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const follow = (text: string) => {
    followed.current = text
    changeQuery({ text })
  }
  const type = (text: string) => {
    typed.value = text
    clearTimeout(timer.current)
    timer.current = setTimeout(follow, DEBOUNCE_MS, text)
  }
  const { text } = listQuery.value
  useLayoutEffect(() => {
    // What the list has from this field comes back later than the next letter may.
    if (text === followed.current) return
    followed.current = text
    clearTimeout(timer.current)
    typed.value = text
  }, [text])
  // Whoever leaves the list takes no part of its address along.
  useEffect(() => () => clearTimeout(timer.current), [])
  // At once: whoever sees the field may press the key.
  useLayoutEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return
      event.preventDefault()
      input.current?.focus()
      input.current?.select()
    }
    addEventListener('keydown', focus)
    return () => removeEventListener('keydown', focus)
  }, [])
  return (
    <div class="filter">
      <Icon name="search" />
      <input
        ref={input}
        type="search"
        aria-label="Filter profiles"
        aria-keyshortcuts="/"
        placeholder={wordsOf('filter')}
        autocomplete="off"
        spellcheck={false}
        value={typed.value}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') type('')
        }}
      />
      <kbd aria-hidden="true">/</kbd>
      <span class="unseen" role="status">
        {text === '' ? '' : `${shownRows.value.size} found`}
      </span>
    </div>
  )
}

/** Where the heads of the columns have no room. */
function SortChoice() {
  const { sort, descending } = listQuery.value
  return (
    <div class="sort-choice">
      <select
        aria-label="Sort by"
        value={sort}
        onChange={(event) => sortBy(event.currentTarget.value as Sort)}
      >
        {SORTS.map((each) => (
          <option key={each} value={each}>
            {wordsOf(`sort-${each}`)}
          </option>
        ))}
      </select>
      <button
        type="button"
        class={`head ${descending ? 'descending' : 'ascending'}`}
        disabled={sort === 'file'}
        title={descending ? 'Descending' : 'Ascending'}
        onClick={() => changeQuery({ descending: !descending })}
      >
        <Icon name="sort" />
        <span class="unseen">{descending ? 'Descending' : 'Ascending'}</span>
      </button>
    </div>
  )
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select')
}
