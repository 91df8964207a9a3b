/** What the REST API answers: requests to one running service, and for three codes to an API in a special state. */
import { once } from 'node:events'
import { request as send, STATUS_CODES } from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { text as readText } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import type { ReadinessPort } from '../../../src/api/index.ts'
import type { ApiCode } from '../../../src/errors.ts'
import { KEY, startApi } from '../../api/harness.ts'
import { toPage } from '../page-words.ts'
import { REGION, TENANCY, USER, type Sandbox } from '../sandbox.ts'
import { formatJson, type Examples, type Outcome } from './example.ts'

export const API_KEY = 'the-key-of-this-service-0123456789'

interface ApiRequest {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
  /** Sends only the head and waits for the answer. */
  headOnly?: boolean
}

/** One answer that is a problem, with what was asked. */
export interface Problem {
  code: ApiCode
  method: string
  path: string
  status: number
  body: string
}

const PROFILES = '/v1/oci-profiles'
const EVENTS = '/v1/events'
const MOST_STREAMS = 200
/** Config file of the service. */
const SERVED = '.oci/config'
const JSON_TYPE = { 'content-type': 'application/json' }
const put = (path: string, body: unknown, headers = {}): ApiRequest => ({
  method: 'PUT',
  path,
  headers: { ...JSON_TYPE, ...headers },
  body: JSON.stringify(body),
})
const post = (body: string, headers: Record<string, string> = JSON_TYPE): ApiRequest => ({
  method: 'POST',
  path: PROFILES,
  headers,
  body,
})

/** Asked of a service that works, whose CORE database does not open, with the profile PROD. */
const OF_SERVICE = {
  MALFORMED_JSON: post('{ "auth_profile": PROD }'),
  BAD_REQUEST: { path: `${PROFILES}/100%` },
  UNAUTHENTICATED: { path: PROFILES, headers: { 'x-api-key': 'a-guess' } },
  HOST_NOT_ALLOWED: { path: PROFILES, headers: { host: 'profiles.acme.example' } },
  ORIGIN_NOT_ALLOWED: { path: PROFILES, headers: { origin: 'https://news.example' } },
  PROFILE_NOT_FOUND: { path: `${PROFILES}/PORD` },
  ROUTE_NOT_FOUND: { path: '/v1/profiles' },
  METHOD_NOT_ALLOWED: { method: 'PATCH', path: `${PROFILES}/PROD` },
  PROFILE_EXISTS: post('{ "auth_profile": "prod" }'),
  SETTING_FIXED: put('/v1/settings', { check_concurrency: 8 }),
  PRECONDITION_FAILED: put(`${PROFILES}/PROD`, { region: 'eu-paris-1' }, { 'if-match': '"old"' }),
  BODY_TOO_LARGE: {
    ...post('', { ...JSON_TYPE, 'content-length': '2000000' }),
    headOnly: true,
  },
  UNSUPPORTED_MEDIA_TYPE: post('auth_profile=DEV', {
    'content-type': 'application/x-www-form-urlencoded',
  }),
  VALIDATION_FAILED: post('{ "auth_profile": "DEV", "finger_print": "20:3b" }'),
  PROFILE_NOT_USEABLE: post(`{ "auth_profile": "DEV", "authentication": "resource_principal" }`),
  HEADERS_TOO_LARGE: { path: PROFILES, headers: { cookie: 'x'.repeat(17 * 1024) } },
  SETTINGS_NOT_SAVED: put('/v1/settings', { check_interval_s: 60 }),
} as const satisfies Partial<Record<ApiCode, ApiRequest>>

export interface Provoked {
  examples: Examples
  problems: Problem[]
}

/** `visit` is called while the service still runs. */
export async function provokeProblems(
  sandbox: Sandbox,
  visit: (url: string, problems: readonly Problem[]) => Promise<void>,
): Promise<Provoked> {
  await using service = await serveProd(sandbox)
  const asked: Problem[] = []
  for (const [code, each] of Object.entries<ApiRequest>(OF_SERVICE)) {
    asked.push(await ask(service.url, code as ApiCode, each))
  }
  asked.push(await askAmongMany(service.url))
  await visit(service.url, asked)
  const kept = await breakFile(service.url, sandbox)
  const problems = [...asked, ...(await askSpecialApis())]
  const examples: Examples = new Map(
    problems.map(({ code, method, path, status, body }): [ApiCode, Outcome] => {
      if (!body.includes(`"code":"${code}"`)) {
        return [code, { fault: `${method} ${path} answers no ${code}: ${status} ${body}` }]
      }
      const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}`
      const text = `${head}\n${formatJson(toPage(body, sandbox.words))}`
      return [code, { language: 'http', text }]
    }),
  )
  examples.set('LAST_GOOD_KEPT', kept)
  return { examples, problems }
}

/** As many streams of events as a service takes, and one more. */
async function askAmongMany(url: string): Promise<Problem> {
  const many = new AbortController()
  const headers = { 'x-api-key': API_KEY }
  const listening = Array.from({ length: MOST_STREAMS }, () =>
    fetch(`${url}${EVENTS}`, { headers, signal: many.signal }),
  )
  try {
    await Promise.all(listening)
    return await ask(url, 'TOO_MANY_STREAMS', { path: EVENTS })
  } finally {
    many.abort()
  }
}

/** Edits the file under the service's feet, and waits until it has read it. */
async function breakFile(url: string, { home, write, words }: Sandbox): Promise<Outcome> {
  const config = readFileSync(join(home, SERVED), 'utf8')
  write(SERVED, config.replace('region=', 'region '))
  const headers = { 'x-api-key': API_KEY }
  const end = Date.now() + 15_000
  for (;;) {
    const answer = await fetch(`${url}${PROFILES}/PROD/diagnosis`, { headers })
    const { findings } = (await answer.json()) as { findings: { code: string }[] }
    const finding = findings.find(({ code }) => code === 'LAST_GOOD_KEPT')
    if (finding) {
      return { language: 'json', text: formatJson(toPage(JSON.stringify(finding), words)) }
    }
    if (Date.now() > end) return { fault: 'no diagnosis has LAST_GOOD_KEPT' }
    await setTimeout(50)
  }
}

function serveProd({ write, serve, emulator, keys }: Sandbox) {
  const { fingerprint, publicKey, privatePem } = keys.prod
  emulator.addIdentity({
    name: 'ada',
    tenancy: TENANCY,
    user: USER,
    publicKey,
    namespace: 'axacme',
  })
  write('.oci/key.pem', privatePem)
  const config = write(
    SERVED,
    `[PROD]\nuser=${USER}\nfingerprint=${fingerprint}\ntenancy=${TENANCY}\nregion=${REGION}\nkey_file=~/.oci/key.pem\n`,
  )
  const noDatabase = write('notes.txt', 'not a database\n')
  return serve({
    env: {
      OCI_CLI_CONFIG_FILE: config,
      OCI_PROFILES_API_KEY: API_KEY,
      OCI_PROFILES_CHECK_CONCURRENCY: '16',
      OCI_PROFILES_DATABASE_URL: `sqlite:${noDatabase}`,
    },
  })
}

async function ask(
  url: string,
  code: ApiCode,
  { method = 'GET', path, headers = {}, body = '', headOnly = false }: ApiRequest,
): Promise<Problem> {
  const request = send(`${url}${path}`, {
    method,
    headers: { 'x-api-key': API_KEY, connection: 'close', ...headers },
    signal: AbortSignal.timeout(20_000),
  })
  // The service may hang up on what is left of a request that it refuses.
  const answered = once(request, 'response')
  request.on('error', () => {})
  if (headOnly) request.flushHeaders()
  else request.end(body)
  const [response] = (await answered) as [NodeJS.ReadableStream & { statusCode: number }]
  const answer = await readText(response)
  request.destroy()
  const status = response.statusCode
  return { code, method, path, status, body: answer }
}

const STOPPING: ReadinessPort = {
  steps: () => [],
  database: () => {
    throw new Error('nobody asks')
  },
  isStopping: () => true,
}
const surprise = () => Promise.reject(new TypeError('nobody foresaw this'))

/** States that a service is in for a moment only, or never. */
async function askSpecialApis(): Promise<Problem[]> {
  return [
    await askApi('SHUTTING_DOWN', { path: PROFILES }, { readiness: STOPPING }),
    await askApi('INTERNAL_ERROR', { path: `${PROFILES}/PROD/diagnosis` }, { diagnose: surprise }),
    await askApi('REQUEST_TIMEOUT', {
      ...post('', { ...JSON_TYPE, 'content-length': '9' }),
      headOnly: true,
    }),
  ]
}

async function askApi(
  code: ApiCode,
  request: ApiRequest,
  options: Parameters<typeof startApi>[0] = {},
): Promise<Problem> {
  const api = await startApi({ profiles: [{ auth_profile: 'PROD' }], ...options })
  try {
    // 30 s are what a service gives a request.
    Object.assign(api.server, { requestTimeout: 50, headersTimeout: 50 })
    const url = String(await api.listen())
    return await ask(url, code, { ...request, headers: { ...request.headers, 'x-api-key': KEY } })
  } finally {
    await api.close()
  }
}
