/** The frame around every screen. */
import { useEffect } from 'preact/hooks'
import { FormPage } from '../form/index.ts'
import { ListPage } from '../list/index.ts'
import { route, type Route } from '../location.ts'
import { ProfilePage } from '../profile/index.ts'
import { apiKey } from '../session.ts'
import { SettingsPage } from '../settings/index.ts'
import { loadProblem, rows } from '../store/index.ts'
import { Banner } from './banner.tsx'
import { Footer } from './footer.tsx'
import { Notices } from './notices.tsx'
import { SignIn } from './sign-in.tsx'
import { TopBar } from './top-bar.tsx'
import { UnknownPage } from './unknown-page.tsx'

const TITLES = {
  list: 'Profiles',
  new: 'New profile',
  settings: 'Settings',
  unknown: 'Not found',
} as const

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
    </>
  )
}

function Screen() {
  const shown = route.value
  const title = titleOf(shown)
  useEffect(() => {
    document.title = `${title} · oci-profiles`
  }, [title])
  useFocusOnArrival(JSON.stringify(shown))
  if (rows.value === null) return <Waiting />
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
      return <UnknownPage />
  }
}

let firstScreen: string | null = null

/** Whoever goes to another screen by keyboard or by ear starts at its heading. */
function useFocusOnArrival(screen: string): void {
  useEffect(() => {
    firstScreen ??= screen
    if (firstScreen === screen) {
      // Coming back to it later is an arrival, too.
      return () => (firstScreen = '')
    }
    scrollTo(0, 0)
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true })
    return undefined
  }, [screen])
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
  return TITLES[shown.screen]
}
