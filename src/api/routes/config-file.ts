/** The config file: read again on demand, and text that is read as though it were one. */
import { parseAnswer, parseRequest, reloadAnswer } from '../../schemas/wire/index.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { answerParsed } from './parsed-text.ts'
import { BODY_FAULTS, problems } from './problems.ts'
import { noQuery, reloadQuery } from './queries.ts'

const TAGS = ['config file']

/** A profile may have such a name: with these methods the path is that of the profile. */
const OF_PROFILE = ['GET', 'PUT', 'DELETE'] as const

export function configFileRoutes(app: TypedApp, define: DefineRoute, options: ApiOptions): void {
  const base = `${options.urlPrefix}/v1/oci-profiles`

  define(
    `${base}/reload`,
    {
      POST: () =>
        app.post(
          `${base}/reload`,
          {
            schema: {
              operationId: 'reloadConfigFile',
              summary: 'Read the config file again',
              tags: TAGS,
              querystring: reloadQuery,
              response: {
                200: reloadAnswer,
                ...problems(...BODY_FAULTS, 'CONFIG_FILE_UNREADABLE'),
              },
            },
          },
          async (request) => {
            const { reading, checked } = await options.configFile.reload()
            if (request.query.wait) await checked
            return reading
          },
        ),
    },
    { besides: OF_PROFILE },
  )

  define(
    `${base}/parse`,
    {
      POST: () =>
        app.post(
          `${base}/parse`,
          {
            schema: {
              operationId: 'parseText',
              summary: 'Read sections of a config file, or a private key, that were pasted',
              tags: TAGS,
              querystring: noQuery,
              body: parseRequest,
              response: {
                200: parseAnswer,
                ...problems(...BODY_FAULTS),
              },
            },
          },
          async (request, reply) => {
            // It holds what was just sent, secrets included.
            void reply.header('cache-control', 'no-store')
            return answerParsed(request.body.text, options.parseText)
          },
        ),
    },
    { besides: OF_PROFILE },
  )
}
