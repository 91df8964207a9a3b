/**
 * Keeps the focus on the page. What has it may go away: the row of a profile that was deleted elsewhere, the button of a
 * message. The browser then gives it to nothing, and whoever goes by keyboard or by ear is back at the top.
 */

/** The page itself is first to say where the focus goes when something new is drawn. */
const DELAY_MS = 50
const REMEMBERED = 10

/** What had the focus, the last first. */
let trail: HTMLElement[] = []
/** The item of a list that the last of it is in, and all items of that list, as they were then. */
let item: Element | null = null
let items: Element[] = []
/** False as soon as somebody points elsewhere: they have let go of it themselves. */
let isHeld = false
/** Who points at things sees them: the page must not move under their hand. */
let preventScroll = false

export function keepFocus(): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLElement) remember(target)
  })
  addEventListener('pointerdown', () => (isHeld = false), { capture: true })
  new MutationObserver(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      restore()
    }, DELAY_MS)
  }).observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ['hidden', 'disabled'],
  })
}

function remember(focused: HTMLElement): void {
  isHeld = true
  preventScroll = !focused.matches(':focus-visible')
  trail = [focused, ...trail.slice(0, REMEMBERED)]
  item = focused.closest('.row, .notice, li')
  items = [...(item?.parentElement?.children ?? [])]
}

function restore(): void {
  const [last] = trail
  const { activeElement } = document
  if (!last || !isHeld || (activeElement !== document.body && isThere(activeElement))) return
  // It comes back when the work is done that the whole form waits for.
  if (last.matches('fieldset:disabled *')) return
  const target = isThere(last)
    ? last
    : (neighbour(last) ??
      trail.find((each) => each.closest('main') && isThere(each)) ??
      document.querySelector<HTMLElement>('main h1') ??
      document.querySelector<HTMLElement>('main'))
  target?.focus({ preventScroll })
}

/** The same in the item after it, else in the one before it. */
function neighbour({ localName }: HTMLElement): HTMLElement | undefined {
  const index = items.indexOf(item!)
  for (const each of [...items.slice(index + 1), ...items.slice(0, index).toReversed()]) {
    const found = each.querySelector<HTMLElement>(localName)
    if (isThere(found)) return found!
  }
  return undefined
}

function isThere(element: Element | null): boolean {
  return element !== null && element.checkVisibility() && !element.matches(':disabled')
}
