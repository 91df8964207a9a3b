/** The API around a registry whose checks the test decides. */
import type { Server } from 'node:http'
import { createApi, type Api, type ApiOptions } from '../../src/api/index.ts'
import { parseConfigText } from '../../src/config/index.ts'
import {
  ProfileRegistry,
  registerOciProfile,
  type ConfigFileView,
  type RunCheck,
} from '../../src/registry/index.ts'
import {
  createProfile,
  SILENT_LOGGER,
  type Logger,
  type OciProfileInput,
} from '../../src/schemas/index.ts'
import { Secret } from '../../src/secret.ts'
import { WORKS } from '../registry/checks.ts'

export const KEY = 'test-key-of-thirty-two-characters'

export interface TestApi {
  registry: ProfileRegistry
  metrics: Api['metrics']
  /** Sends a request with the key, unless other headers are given. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>
  logged: { level: string; fields: Record<string, unknown>; message: string }[]
  /** Opens a port on loopback, for what only a socket can show. */
  listen(): Promise<unknown>
  address(): unknown
  server: Server
  drain: Api['drain']
  close(): Promise<void>
}

export interface CallOptions {
  body?: unknown
  text?: string | Buffer
  headers?: Record<string, string>
  withoutKey?: boolean
}

export interface Answer {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  text: string
  json: any
}

/** A config file that was read without a fault. */
export const READ: ConfigFileView = {
  file: '/home/me/.oci/config',
  state: 'read',
  since: '2026-01-01T00:00:00.000Z',
  code: null,
  line: null,
  message: null,
  fix: null,
  kept: 0,
}

interface Setup extends Partial<ApiOptions> {
  check?: RunCheck
  profiles?: OciProfileInput[]
}

export async function startApi(setup: Setup = {}): Promise<TestApi> {
  const { check = async () => WORKS, profiles = [], ...options } = setup
  const logged: TestApi['logged'] = []
  const registry = new ProfileRegistry({ check })
  for (const profile of profiles) registerOciProfile(registry, createProfile(profile))
  const { app, metrics, drain } = await createApi({
    registry,
    configFile: { view: READ, reload: () => Promise.reject(new Error('no file here')) },
    parseText: (text) => parseConfigText(text, '/home/me'),
    settings: { view: () => ({}), stored: () => null, change: async () => {} },
    readiness: {
      steps: () => [],
      database: () => ({
        state: 'open',
        kind: 'sqlite',
        code: null,
        message: null,
        fix: null,
        since: null,
      }),
      isStopping: () => false,
    },
    diagnose: async ({ profile }) => ({ auth_profile: profile.auth_profile }),
    apiKey: new Secret(KEY),
    allowedHosts: [],
    loopbackOnly: true,
    urlPrefix: '',
    version: '0.0.0',
    logger: recorder(logged),
    ...options,
  })

  return {
    registry,
    metrics,
    logged,
    listen: () => app.listen({ host: '127.0.0.1', port: 0 }),
    address: () => app.server.address(),
    server: app.server,
    drain,
    close: () => app.close(),
    async call(method, path, { body, text, headers = {}, withoutKey } = {}) {
      const payload = body === undefined ? text : JSON.stringify(body)
      const response = await app.inject({
        method: method as 'GET',
        url: path,
        payload,
        headers: {
          host: 'localhost:8000',
          ...(!withoutKey && { 'x-api-key': KEY }),
          ...(payload !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
      })
      return {
        status: response.statusCode,
        headers: response.headers,
        text: response.body,
        json:
          isJson(response.headers['content-type']) && response.body
            ? JSON.parse(response.body)
            : undefined,
      }
    },
  }
}

function isJson(type: unknown): boolean {
  return String(type).includes('json')
}

function recorder(logged: TestApi['logged']): Logger {
  const at = (level: string) => (fields: Record<string, unknown>, message: string) => {
    logged.push({ level, fields, message })
  }
  return {
    ...SILENT_LOGGER,
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  }
}
