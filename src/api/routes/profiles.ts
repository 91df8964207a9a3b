/** /v1/oci-profiles: list, read, create, update, remove, check, diagnose. */
import { z } from 'zod'
import {
  checkResult,
  diagnosisAnswer,
  profileAnswer,
  profileCreate,
  profileUpdate,
} from '../../schemas/wire/index.ts'
import { abortedWith } from '../ended-work.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { BODY_FAULTS, problems } from './problems.ts'
import { createProfileAnswers } from './profile-answers.ts'
import { requireSameName, toInput, toPatch } from './profile-bodies.ts'
import { createQuery, listQuery, nameParams, noQuery, readQuery, updateQuery } from './queries.ts'

const TAGS = ['profiles']

export function profileRoutes(app: TypedApp, define: DefineRoute, options: ApiOptions): void {
  const { registry, logger, urlPrefix } = options
  const base = `${urlPrefix}/v1/oci-profiles`
  const { tags, sendOne, sendMany, sensitive } = createProfileAnswers(logger)

  define(base, {
    GET: () =>
      app.get(
        base,
        {
          schema: {
            operationId: 'listProfiles',
            summary: 'List profiles in order of registration',
            tags: TAGS,
            querystring: listQuery,
            response: { 200: z.array(profileAnswer), ...problems('VALIDATION_FAILED') },
          },
        },
        async (request, reply) => {
          const { useable, include_sensitive } = request.query
          const all = registry.records()
          const records =
            useable === undefined ? all : all.filter(({ profile }) => profile.useable === useable)
          return include_sensitive ? sensitive(request, reply, records) : sendMany(reply, records)
        },
      ),
    POST: () =>
      app.post(
        base,
        {
          schema: {
            operationId: 'createProfile',
            summary: 'Create a profile, if its check succeeds',
            tags: TAGS,
            querystring: createQuery,
            body: profileCreate,
            response: {
              201: profileAnswer,
              ...problems(...BODY_FAULTS, 'PROFILE_EXISTS', 'PROFILE_NOT_USEABLE'),
            },
          },
        },
        async (request, reply) => {
          const body = request.body
          const record = await registry.create(toInput(body), {
            keepUnusable: request.query.keep_unusable,
            sent: new Set(Object.keys(body)),
            signal: abortedWith(reply),
          })
          const location = `${base}/${encodeURIComponent(record.profile.auth_profile)}`
          return sendOne(reply.code(201).header('location', location), record)
        },
      ),
  })

  define(`${base}/:auth_profile`, {
    GET: () =>
      app.get(
        `${base}/:auth_profile`,
        {
          schema: {
            operationId: 'getProfile',
            summary: 'Read one profile',
            tags: TAGS,
            params: nameParams,
            querystring: readQuery,
            response: {
              200: profileAnswer,
              ...problems('PROFILE_NOT_FOUND', 'VALIDATION_FAILED'),
            },
          },
        },
        async (request, reply) => {
          const record = registry.record(request.params.auth_profile)
          if (!request.query.include_sensitive) return sendOne(reply, record)
          void reply.header('etag', tags.of(record))
          return sensitive(request, reply, [record])[0]
        },
      ),
    PUT: () =>
      app.put(
        `${base}/:auth_profile`,
        {
          schema: {
            operationId: 'updateProfile',
            summary: 'Change the fields that are sent, if the check succeeds',
            tags: TAGS,
            params: nameParams,
            querystring: updateQuery,
            headers: z.object({ 'if-match': z.string().optional() }),
            body: profileUpdate,
            response: {
              200: profileAnswer,
              ...problems(
                ...BODY_FAULTS,
                'PROFILE_NOT_FOUND',
                'PRECONDITION_FAILED',
                'PROFILE_NOT_USEABLE',
              ),
            },
          },
        },
        async (request, reply) => {
          const { auth_profile } = request.params
          requireSameName(auth_profile, request.body)
          const record = await registry.update(auth_profile, toPatch(request.body), {
            dryRun: request.query.dry_run,
            precondition: tags.precondition(request.headers['if-match']),
            signal: abortedWith(reply),
          })
          return sendOne(reply, record)
        },
      ),
    DELETE: () =>
      app.delete(
        `${base}/:auth_profile`,
        {
          schema: {
            operationId: 'deleteProfile',
            summary: 'Remove a profile until the next start',
            tags: TAGS,
            params: nameParams,
            querystring: noQuery,
            headers: z.object({ 'if-match': z.string().optional() }),
            response: {
              204: z.null().meta({ description: 'Removed.' }),
              ...problems(...BODY_FAULTS, 'PROFILE_NOT_FOUND', 'PRECONDITION_FAILED'),
            },
          },
        },
        async (request, reply) => {
          const precondition = tags.precondition(request.headers['if-match'])
          registry.remove(request.params.auth_profile, precondition)
          return reply.code(204).send(null)
        },
      ),
  })

  define(`${base}/:auth_profile/check`, {
    POST: () =>
      app.post(
        `${base}/:auth_profile/check`,
        {
          schema: {
            operationId: 'checkProfile',
            summary: 'Check a profile now',
            tags: TAGS,
            params: nameParams,
            querystring: noQuery,
            response: { 200: checkResult, ...problems(...BODY_FAULTS, 'PROFILE_NOT_FOUND') },
          },
        },
        async (request, reply) => registry.check(request.params.auth_profile, abortedWith(reply)),
      ),
  })

  define(`${base}/:auth_profile/diagnosis`, {
    GET: () =>
      app.get(
        `${base}/:auth_profile/diagnosis`,
        {
          schema: {
            operationId: 'diagnoseProfile',
            summary: 'Everything known about one profile',
            tags: TAGS,
            params: nameParams,
            querystring: noQuery,
            response: {
              200: diagnosisAnswer,
              ...problems('PROFILE_NOT_FOUND', 'VALIDATION_FAILED'),
            },
          },
        },
        async (request) => {
          const record = registry.record(request.params.auth_profile)
          return options.diagnose(record, registry.records())
        },
      ),
  })
}
