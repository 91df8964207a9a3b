/** /v1/settings: every setting with its value and source, and changes of those that may change at run time. */
import { audit } from '../../schemas/index.ts'
import { settingsAnswer, settingsChange } from '../../schemas/wire/index.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { problems } from './problems.ts'
import { noQuery } from './queries.ts'

export function settingsRoutes(app: TypedApp, define: DefineRoute, options: ApiOptions): void {
  const path = `${options.urlPrefix}/v1/settings`
  const { settings, logger } = options
  const tags = ['settings']

  define(path, {
    GET: () =>
      app.get(
        path,
        {
          schema: {
            operationId: 'getSettings',
            summary: 'Every setting with value, source and help',
            tags,
            querystring: noQuery,
            response: { 200: settingsAnswer, ...problems() },
          },
        },
        async () => settings.view(),
      ),
    PUT: () =>
      app.put(
        path,
        {
          schema: {
            operationId: 'changeSettings',
            summary: 'Change and store settings that may change at run time',
            tags,
            querystring: noQuery,
            body: settingsChange,
            response: {
              200: settingsAnswer,
              ...problems(
                'MALFORMED_JSON',
                'SETTING_FIXED',
                'BODY_TOO_LARGE',
                'UNSUPPORTED_MEDIA_TYPE',
                'VALIDATION_FAILED',
                'SETTINGS_NOT_SAVED',
              ),
            },
          },
        },
        async (request) => {
          await settings.change(request.body)
          // Lowering the log level must not be the last thing that a log shows of somebody.
          const fields = { changes: request.body, client: request.ip, request_id: request.id }
          audit(logger, fields, 'settings were changed')
          return settings.view()
        },
      ),
  })
}
