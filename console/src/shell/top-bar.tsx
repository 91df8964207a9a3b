/** Where one is, whether the page is up to date, and what it looks like. */
import { askBefore, LIST, backToList, route, SETTINGS } from '../location.ts'
import { IconButton, wordsOf } from '../parts/index.ts'
import { apiKey, signOut } from '../session.ts'
import { connection } from '../store/index.ts'
import { chooseTheme, theme, THEMES } from '../theme.ts'
import { Logo } from './logo.tsx'

export function TopBar() {
  const isSignedIn = apiKey.value !== null
  return (
    <header class="top">
      <div class="top-inner">
        <a class="brand" href={LIST}>
          <Logo />
          <span>oci-profiles</span>
        </a>
        {isSignedIn && <Navigation />}
        <div class="top-end">
          {isSignedIn && <ConnectionState />}
          <ThemeButton />
          {isSignedIn && (
            <IconButton icon="leave" title="Sign out" onClick={() => askBefore(signOut)} />
          )}
        </div>
      </div>
    </header>
  )
}

function Navigation() {
  const { screen } = route.value
  const isSettings = screen === 'settings'
  return (
    <nav aria-label="Console">
      <a
        href={isSettings ? backToList() : LIST}
        aria-current={screen === 'list' ? 'page' : isSettings ? undefined : 'true'}
      >
        Profiles
      </a>
      <a href={SETTINGS} aria-current={isSettings ? 'page' : undefined}>
        Settings
      </a>
    </nav>
  )
}

function ConnectionState() {
  const state = connection.value
  return (
    <span class={`connection ${state}`} title={wordsOf(`is-${state}`)}>
      <span class="dot" aria-hidden="true" />
      <span class="connection-word">{wordsOf(`connection-${state}`)}</span>
    </span>
  )
}

function ThemeButton() {
  const next = THEMES[(THEMES.indexOf(theme.value) + 1) % THEMES.length]!
  const label = `Theme: ${theme.value}. Change to ${next}`
  return <IconButton icon={theme.value} title={label} onClick={() => chooseTheme(next)} />
}
