/** /v1/settings: every setting with its value and source, and changes of those that may change at run time. */
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { audit } from '../../schemas/index.ts'
import { settingsAnswer, settingsChange } from '../../schemas/wire/index.ts'
import { runningTag, settingsPrecondition, settingsTag } from '../etag.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { BODY_FAULTS, problems } from './problems.ts'
import { noQuery } from './queries.ts'

export function settingsRoutes(app: TypedApp, define: DefineRoute, options: ApiOptions): void {
  const path = `${options.urlPrefix}/v1/settings`
  const { settings, logger } = options
  const tags = ['settings']

  /** View and tag of one moment. */
  const sendSettings = (reply: FastifyReply) => {
    const view = settings.view()
    const stored = settings.stored()
    const tag = stored === null ? runningTag(view) : settingsTag(stored)
    void reply.header('etag', tag)
    return view
  }

  define(path, {
    GET: () =>
      app.get(
        path,
        {
          schema: {
            operationId: 'getSettings',
            summary: 'Every setting with value, source and help',
            description: 'The ETag names what is stored; a change may send it back in If-Match.',
            tags,
            querystring: noQuery,
            response: { 200: settingsAnswer, ...problems('VALIDATION_FAILED') },
          },
        },
        async (_request, reply) => sendSettings(reply),
      ),
    PUT: () =>
      app.put(
        path,
        {
          schema: {
            operationId: 'changeSettings',
            summary: 'Change and store settings that may change at run time',
            description:
              'Answers the settings after the change, with what others have changed meanwhile. With If-Match nothing ' +
              'changes unless what is stored is what the ETag names.',
            tags,
            querystring: noQuery,
            headers: z.object({ 'if-match': z.string().optional() }),
            body: settingsChange,
            response: {
              200: settingsAnswer,
              ...problems(
                ...BODY_FAULTS,
                'SETTING_FIXED',
                'PRECONDITION_FAILED',
                'SETTINGS_NOT_SAVED',
              ),
            },
          },
        },
        async (request, reply) => {
          const precondition = settingsPrecondition(request.headers['if-match'])
          await settings.change(request.body, precondition)
          // Lowering the log level must not be the last thing that a log shows of somebody.
          const fields = { changes: request.body, client: request.ip, request_id: request.id }
          audit(logger, fields, 'settings were changed')
          return sendSettings(reply)
        },
      ),
  })
}
