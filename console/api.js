/* Shows the profiles and the API to try. The key comes in the fragment, which is never sent, and stays in this tab. */
const STORED = 'oci-profiles-api-key'
const base = new URL('..', location.href).pathname.replace(/\/$/, '')

const form = document.querySelector('#sign-in')
const state = document.querySelector('#state')

function takeKeyFromFragment() {
  const key = new URLSearchParams(location.hash.slice(1)).get('api_key')
  if (!key) return
  sessionStorage.setItem(STORED, key)
  history.replaceState(null, '', location.pathname)
}

async function call(path) {
  const headers = { 'x-api-key': sessionStorage.getItem(STORED) ?? '' }
  const response = await fetch(`${base}${path}`, { headers })
  if (response.status === 401) throw new Error('The service does not accept this key.')
  if (!response.ok) throw new Error(`The service answered ${response.status}.`)
  return response.json()
}

function element(tag, className, text) {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

function profileItem(profile) {
  const item = document.createElement('li')
  item.append(element('span', 'name', profile.auth_profile), ' ')
  if (profile.useable) {
    item.append(element('span', 'good', `works · namespace ${profile.namespace}`))
  } else if (profile.check?.status === 'failed') {
    item.append(element('span', 'bad', `${profile.check.code}: ${profile.check.message}`))
    item.append(element('p', 'fix', profile.check.fix))
  } else {
    item.append(element('span', 'fix', 'checking'))
  }
  return item
}

function showProfiles(profiles) {
  const list = document.createElement('ul')
  list.append(...profiles.map(profileItem))
  document.querySelector('#profiles').replaceChildren(list)
  const useable = profiles.filter((profile) => profile.useable).length
  state.textContent = `${useable} of ${profiles.length} profiles work.`
  if (profiles.some((profile) => profile.check?.status === 'pending')) setTimeout(load, 1000)
}

let explorer = null

function showApi(spec) {
  // An installation without tools has no explorer; the list does without it.
  if (typeof SwaggerUIBundle === 'undefined') return
  explorer ??= SwaggerUIBundle({
    spec: { ...spec, servers: [{ url: location.origin }] },
    domNode: document.querySelector('#api'),
    deepLinking: false,
    requestInterceptor(request) {
      request.headers['x-api-key'] = sessionStorage.getItem(STORED) ?? ''
      return request
    },
  })
}

async function load() {
  if (!sessionStorage.getItem(STORED)) return askForKey('This service wants an API key.')
  try {
    showProfiles(await call('/v1/oci-profiles'))
    showApi(await call('/v1/openapi.json'))
    form.hidden = true
  } catch (error) {
    askForKey(error.message)
  }
}

function askForKey(reason) {
  state.textContent = reason
  form.hidden = false
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  sessionStorage.setItem(STORED, form.elements.key.value)
  void load()
})
addEventListener('hashchange', () => {
  takeKeyFromFragment()
  void load()
})

takeKeyFromFragment()
void load()
