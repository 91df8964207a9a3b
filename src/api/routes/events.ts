/** /v1/events: what happens, as it happens (server-sent events). */
import { z } from 'zod'
import type { EventHub } from '../events/index.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { problems } from './problems.ts'
import { noQuery } from './queries.ts'

const EVENT_STREAM = 'text/event-stream'

const DESCRIPTION = [
  'Server-sent events. Each has an `id`, an `event` (its type) and one JSON object as `data`:',
  '`hello` {started_at, id, version} first; `profile.checked` {auth_profile, useable, namespace, check};',
  '`profile.created`, `profile.updated`, `profile.removed` {auth_profile};',
  '`config.reloaded` {file, exists, added, changed, removed, kept, diagnostics, counts};',
  '`config.faulty` {file, state, since, code, line, message, fix, kept}; `settings.changed` {changed};',
  '`database.changed` {state, kind, code, message, fix, since}; `service.stopping` {};',
  '`reset` {reason}: events were missed, read again what you show.',
].join(' ')

export function eventRoutes(
  app: TypedApp,
  define: DefineRoute,
  { urlPrefix, logger }: ApiOptions,
  events: EventHub,
): void {
  const path = `${urlPrefix}/v1/events`
  const headers = {
    'content-type': `${EVENT_STREAM}; charset=utf-8`,
    'cache-control': 'no-store',
    // A proxy that collects answers before it passes them on would hold back every event.
    'x-accel-buffering': 'no',
  }

  define(path, {
    GET: () =>
      app.get(
        path,
        {
          config: { isStream: true },
          schema: {
            operationId: 'streamEvents',
            summary: 'What happens, as it happens',
            description: DESCRIPTION,
            tags: ['events'],
            querystring: noQuery,
            headers: z.object({
              'last-event-id': z
                .string()
                .optional()
                .meta({ description: 'Id of the last event that was seen: goes on after it.' }),
            }),
            response: {
              200: {
                description: 'A stream of events that ends with the service.',
                content: { [EVENT_STREAM]: { schema: z.string() } },
              },
              ...problems('VALIDATION_FAILED', 'TOO_MANY_STREAMS'),
            },
          },
        },
        async (request, reply) => {
          if (request.method === 'HEAD') return reply.headers(headers).send('')
          events.requireRoom()
          void reply.headers(headers).hijack()
          const { raw } = reply
          // Ours is the last answer on this connection: it ends when the stream does.
          for (const [name, value] of Object.entries(reply.getHeaders())) {
            if (value !== undefined) raw.setHeader(name, value)
          }
          raw.setHeader('connection', 'close').writeHead(200)
          const started = performance.now()
          events.open(raw, request.headers['last-event-id'], (end) => {
            const log = end === 'too slow' ? logger.warn : logger.debug
            const duration_ms = Math.round(performance.now() - started)
            const fields = { request_id: request.id, method: 'GET', path, status: 200, duration_ms }
            log.call(logger, { ...fields, end }, 'event stream ended')
          })
          return reply
        },
      ),
  })
}
