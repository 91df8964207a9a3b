/** /v1/health: whether the process lives, and how far its start has come. No key needed, so nothing private in it. */
import { ERRORS, type ErrorCode } from '../../errors.ts'
import type { ConfigFileView, ProfileRegistry } from '../../registry/index.ts'
import { live, ready } from '../../schemas/wire/index.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { problemsInTheOpen } from './problems.ts'

type Status = 'starting' | 'ready' | 'degraded' | 'stopping'

export function healthRoutes(app: TypedApp, define: DefineRoute, options: ApiOptions): void {
  const base = `${options.urlPrefix}/v1/health`
  const tags = ['health']
  const config = { area: 'health' } as const

  define(
    `${base}/live`,
    {
      GET: () =>
        app.get(
          `${base}/live`,
          {
            config,
            schema: {
              operationId: 'live',
              summary: 'The process lives',
              tags,
              security: [],
              response: { 200: live, ...problemsInTheOpen() },
            },
          },
          async () => ({ status: 'live' as const }),
        ),
    },
    { area: 'health' },
  )

  define(
    `${base}/ready`,
    {
      GET: () =>
        app.get(
          `${base}/ready`,
          {
            config,
            schema: {
              operationId: 'ready',
              summary: 'Each start-up step and the CORE database with its state',
              tags,
              security: [],
              response: { 200: ready, 503: ready, ...problemsInTheOpen() },
            },
          },
          async (_request, reply) => {
            const status = statusOf(options)
            return reply.code(status === 'stopping' ? 503 : 200).send({
              status,
              steps: options.readiness.steps(),
              database: options.readiness.database(),
              config_file: publicState(options.configFile.view),
              profiles: countProfiles(options.registry),
            })
          },
        ),
    },
    { area: 'health' },
  )
}

function statusOf({ readiness, configFile }: ApiOptions): Status {
  if (readiness.isStopping()) return 'stopping'
  // Profiles are served while their checks go on: a silent OCI endpoint must not keep the service out of rotation.
  if (readiness.steps().some(({ state }) => state === 'running')) return 'starting'
  const isWhole = readiness.database().state === 'open' && configFile.view.code === null
  return isWhole ? 'ready' : 'degraded'
}

/** Without path and without message, which may name one. */
function publicState({ state, since, code, line, kept }: ConfigFileView) {
  const { title = null, fix = null } = code === null ? {} : ERRORS[code as ErrorCode]
  return { state, since, code, line, message: title, fix, kept }
}

function countProfiles(registry: ProfileRegistry) {
  const counts = { total: 0, useable: 0, failed: 0, pending: 0 }
  for (const { profile } of registry.records()) {
    counts.total += 1
    if (profile.useable) counts.useable += 1
    else if (profile.check?.status === 'pending') counts.pending += 1
    else counts.failed += 1
  }
  return counts
}
