/** Which screen is shown: the fragment of the address, so that the service has one page and no name reaches its log. */
import { signal } from '@preact/signals'

export type Route =
  | { screen: 'list' }
  | { screen: 'profile' | 'edit'; name: string }
  | { screen: 'new' }
  | { screen: 'settings' }
  | { screen: 'unknown' }

/** The fragment without `#`. */
const fragment = signal(readFragment())

export const route = signal<Route>(parseRoute(fragment.peek()))

/** Parameters of the list: what is looked for, and in which order. */
export const listParameters = signal(new URLSearchParams())

/** What somebody wants to do who would lose something by it: done when they say so. */
export const wanted = signal<(() => void) | null>(null)

/** How far down the list was looked at. */
export let listScroll = 0

/** Whether something would be lost. `isFinal`: not only this screen is left, but the page or the session. */
type Guard = (isFinal: boolean) => boolean

const guards = new Set<Guard>()

/** Of the entry that is shown, counted from the first of this page: entries keep theirs, new ones have none yet. */
let position = 0

export function followLocation(): void {
  history.scrollRestoration = 'manual'
  addEventListener('hashchange', readLocation)
  addEventListener('beforeunload', (event) => {
    if (wouldLose(true)) event.preventDefault()
  })
  readLocation()
}

/** Asks before the screen is left, for as long as there is something to lose. Gives what ends that. */
export function guardLeaving(guard: Guard): () => void {
  guards.add(guard)
  return () => guards.delete(guard)
}

/** Ends the session at once where nothing is lost by it, else when somebody says so. */
export function askBefore(end: () => void): void {
  if (wouldLose(true)) wanted.value = end
  else end()
}

/** Does what somebody wanted, whatever is lost. */
export function leave(): void {
  for (const guard of guards) if (guard(false)) guards.delete(guard)
  wanted.peek()?.()
}

function wouldLose(isFinal: boolean): boolean {
  return [...guards].some((guard) => guard(isFinal))
}

export const LIST = '#/'
export const NEW = '#/new'
export const SETTINGS = '#/settings'

export function profileLink(name: string): string {
  return `#/profiles/${encodeURIComponent(name.toWellFormed())}`
}

export function editLink(name: string): string {
  return `${profileLink(name)}/edit`
}

export function goTo(link: string): void {
  location.hash = link
}

/** Keeps the list's parameters in the address, without a step in the history for each letter. */
export function replaceListParameters(parameters: URLSearchParams): void {
  listParameters.value = parameters
  const text = parameters.toString()
  history.replaceState(history.state, '', text === '' ? LIST : `${LIST}?${text}`)
  fragment.value = readFragment()
}

/** The list as it was last looked at. */
export function backToList(): string {
  const text = listParameters.value.toString()
  return text === '' ? LIST : `${LIST}?${text}`
}

function readLocation(): void {
  const asked = readFragment()
  const [path = '', query = ''] = asked.split('?', 2)
  const next = parseRoute(path)
  const isOther = JSON.stringify(next) !== JSON.stringify(route.peek())
  const at = (history.state as { at?: number } | null)?.at
  if (isOther && wouldLose(false)) {
    // Taken back, and done again when somebody says so: the history is as if nobody had been asked.
    const steps = at === undefined ? 1 : at - position
    history.go(-steps)
    wanted.value = () => history.go(steps)
    return
  }
  position = at ?? position + 1
  history.replaceState({ at: position }, '')
  fragment.value = asked
  if (next.screen === 'list') listParameters.value = new URLSearchParams(query)
  if (!isOther) return
  if (route.peek().screen === 'list') listScroll = scrollY
  route.value = next
}

function readFragment(): string {
  return location.hash.slice(1)
}

function parseRoute(path: string): Route {
  const parts = path.split('?', 1)[0]!.replace(/^\//, '').split('/')
  const [first = '', name, action] = parts
  if (first === '' && parts.length === 1) return { screen: 'list' }
  if (first === 'new' && parts.length === 1) return { screen: 'new' }
  if (first === 'settings' && parts.length === 1) return { screen: 'settings' }
  if (first !== 'profiles' || !name || parts.length > 3) return { screen: 'unknown' }
  const decoded = decode(name)
  if (decoded === null) return { screen: 'unknown' }
  if (action === undefined) return { screen: 'profile', name: decoded }
  return action === 'edit' ? { screen: 'edit', name: decoded } : { screen: 'unknown' }
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}
