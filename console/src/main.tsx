/** The console. The key leaves the address bar before anything else happens. */
import { render } from 'preact'
import { startClock } from './clock.ts'
import { keepFocus } from './focus.ts'
import { followLocation } from './location.ts'
import { takeKey } from './session.ts'
import { App } from './shell/index.ts'
import { stayConnected, watchExpiry, watchReadiness } from './store/index.ts'
import { applyTheme } from './theme.ts'

takeKey()
addEventListener('hashchange', takeKey)
applyTheme()
followLocation()
startClock()
keepFocus()
stayConnected()
watchExpiry()
watchReadiness()
render(<App />, document.querySelector('#console')!)
