/** The frame around every screen. */
import { useEffect } from 'preact/hooks'
import { FormPage } from '../form/index.ts'
import { ListPage } from '../list/index.ts'
import { leave, listScroll, profileLink, route, wanted, type Route } from '../location.ts'
import { Dialog, NoPage, Words, wordsOf } from '../parts/index.ts'
import { ProfilePage } from '../profile/index.ts'
import { isUnaddressable } from '../service/index.ts'
import { apiKey } from '../session.ts'
import { SettingsPage } from '../settings/index.ts'
import { loadProblem, rows } from '../store/index.ts'
import { Banner } from './banner.tsx'
import { Footer } from './footer.tsx'
import { Notices } from './notices.tsx'
import { SignIn } from './sign-in.tsx'
import { TopBar } from './top-bar.tsx'

export function App() {
  const isSignedIn = apiKey.value !== null
  return (
    <>
      <SkipLink />
      <TopBar />
      {isSignedIn && <Banner />}
      <main id="main" tabIndex={-1}>
        {isSignedIn ? <Screen /> : <SignIn />}
      </main>
      <Footer />
      <Notices />
      <Leaving />
    </>
  )
}

function Screen() {
  const shown = route.value
  const title = titleOf(shown)
  useEffect(() => {
    document.title = `${title} · oci-profiles`
  }, [title])
  useFocusOnArrival(shown)
  if (rows.value === null) return <Waiting />
  if ('name' in shown && isUnaddressable(shown.name))
    return <NoPage why="unaddressable" name={shown.name} />
  switch (shown.screen) {
    case 'list':
      return <ListPage />
    case 'profile':
      return <ProfilePage key={shown.name} name={shown.name} />
    case 'new':
      return <FormPage key="new" name={null} />
    case 'edit':
      return <FormPage key={shown.name} name={shown.name} />
    case 'settings':
      return <SettingsPage />
    default:
      return <NoPage why="unknown" />
  }
}

let before: Route | null = null

/** Whoever goes to another screen by keyboard or by ear starts at its heading; in the list, where they have left it. */
function useFocusOnArrival(shown: Route): void {
  useEffect(() => {
    const from = before
    before = shown
    if (from === null) return
    const isList = shown.screen === 'list'
    scrollTo(0, isList ? listScroll : 0)
    const row = isList && 'name' in from && `.row:not([hidden]) a[href="${profileLink(from.name)}"]`
    const target = (row && document.querySelector(row)) || document.querySelector('main h1')
    if (target instanceof HTMLElement) target.focus({ preventScroll: !row })
  }, [JSON.stringify(shown)])
}

function Leaving() {
  if (wanted.value === null) return null
  return (
    <Dialog
      of="leave"
      icon="trash"
      tone="danger"
      onConfirm={async () => leave()}
      onClose={() => (wanted.value = null)}
    >
      <p>
        <Words of="leave" />
      </p>
    </Dialog>
  )
}

function Waiting() {
  return (
    <p class="waiting" role="status">
      {loadProblem.value ?? 'Reading the profiles …'}
    </p>
  )
}

/** A link to a part of the page would be an address of its own here. */
function SkipLink() {
  return (
    <a
      class="skip"
      href="#main"
      onClick={(event) => {
        event.preventDefault()
        document.querySelector<HTMLElement>('#main')?.focus()
      }}
    >
      Skip to content
    </a>
  )
}

function titleOf(shown: Route): string {
  if (shown.screen === 'profile') return shown.name
  if (shown.screen === 'edit') return `Edit ${shown.name}`
  return wordsOf(`title-${shown.screen}`)
}
