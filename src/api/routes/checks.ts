/** /v1/checks: how profiles have been doing, all at once or one with its messages. */
import { z } from 'zod'
import type { PastCheck, ProfileRecord } from '../../registry/index.ts'
import { checksAnswer, profileChecksAnswer } from '../../schemas/wire/index.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { problems } from './problems.ts'
import { nameParams, noQuery } from './queries.ts'

const TAGS = ['profiles']

export function checkRoutes(app: TypedApp, define: DefineRoute, options: ApiOptions): void {
  const { registry, urlPrefix } = options
  const all = `${urlPrefix}/v1/checks`
  const one = `${urlPrefix}/v1/oci-profiles/:auth_profile/checks`

  define(all, {
    GET: () =>
      app.get(
        all,
        {
          schema: {
            operationId: 'listChecks',
            summary: 'The last checks of all profiles, and when their sessions end',
            tags: TAGS,
            querystring: noQuery,
            response: { 200: z.array(checksAnswer), ...problems('VALIDATION_FAILED') },
          },
        },
        async () => registry.records().map((record) => view(record, withoutMessage)),
      ),
  })

  define(one, {
    GET: () =>
      app.get(
        one,
        {
          schema: {
            operationId: 'getChecks',
            summary: 'The last checks of one profile, with their messages',
            tags: TAGS,
            params: nameParams,
            querystring: noQuery,
            response: {
              200: profileChecksAnswer,
              ...problems('PROFILE_NOT_FOUND', 'VALIDATION_FAILED'),
            },
          },
        },
        async (request) => view(registry.record(request.params.auth_profile), withMessage),
      ),
  })
}

function view(record: ProfileRecord, checkView: (check: PastCheck) => object): object {
  return {
    auth_profile: record.profile.auth_profile,
    token_expires_at: record.tokenExpiresAt,
    checks: record.history.map(checkView),
  }
}

function withoutMessage({ status, code, checked_at, duration_ms }: PastCheck): object {
  return { status, code, checked_at, duration_ms }
}

function withMessage(check: PastCheck): object {
  return { ...withoutMessage(check), message: check.message }
}
