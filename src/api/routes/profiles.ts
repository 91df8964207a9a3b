/** /v1/oci-profiles: list, read, create, update, remove, check, diagnose. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { OciProfilesError } from '../../errors.ts'
import type { ProfilePatch, ProfileRecord } from '../../registry/index.ts'
import { foldName, publicJson, sensitiveView, type OciProfileInput } from '../../schemas/index.ts'
import {
  checkResult,
  diagnosisAnswer,
  profileAnswer,
  profileCreate,
  profileUpdate,
  type ProfileCreate,
  type ProfileUpdate,
} from '../../schemas/wire/index.ts'
import { createEntityTags } from '../etag.ts'
import type { ApiOptions } from '../ports.ts'
import type { DefineRoute, TypedApp } from '../route.ts'
import { problems } from './problems.ts'
import { createQuery, listQuery, nameParams, noQuery, readQuery, updateQuery } from './queries.ts'

const JSON_TYPE = 'application/json; charset=utf-8'
const TAGS = ['profiles']
const BODY_FAULTS = [
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'VALIDATION_FAILED',
] as const

export function profileRoutes(app: TypedApp, define: DefineRoute, options: ApiOptions): void {
  const { registry, logger, urlPrefix } = options
  const base = `${urlPrefix}/v1/oci-profiles`
  const tags = createEntityTags()
  const lists = new WeakMap<readonly ProfileRecord[], string>()

  const listJson = (records: readonly ProfileRecord[]): string => {
    let text = lists.get(records)
    if (text === undefined) lists.set(records, (text = joinJson(records)))
    return text
  }

  const audit = (request: FastifyRequest, profiles: string[]) => {
    const fields = { audit: true, profiles, client: request.ip, request_id: request.id }
    logger.info(fields, 'sensitive fields were read')
  }

  const sendSensitive = (
    request: FastifyRequest,
    reply: FastifyReply,
    records: ProfileRecord[],
  ) => {
    audit(
      request,
      records.map(({ profile }) => profile.auth_profile),
    )
    void reply.header('cache-control', 'no-store')
    return records.map(({ profile }) => sensitiveView(profile))
  }

  const sendOne = (reply: FastifyReply, record: ProfileRecord) =>
    reply.type(JSON_TYPE).header('etag', tags.of(record)).send(publicJson(record.profile))

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
          if (include_sensitive) return sendSensitive(request, reply, [...records])
          return reply.type(JSON_TYPE).send(records === all ? listJson(all) : joinJson(records))
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
          return sendSensitive(request, reply, [record])[0]
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
              ...problems('PROFILE_NOT_FOUND', 'PRECONDITION_FAILED'),
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
            response: { 200: checkResult, ...problems('PROFILE_NOT_FOUND') },
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
            response: { 200: diagnosisAnswer, ...problems('PROFILE_NOT_FOUND') },
          },
        },
        async (request) => {
          const record = registry.record(request.params.auth_profile)
          return options.diagnose(record, registry.records())
        },
      ),
  })
}

function joinJson(records: readonly ProfileRecord[]): string {
  return `[${records.map(({ profile }) => publicJson(profile)).join(',')}]`
}

function toInput(body: ProfileCreate): OciProfileInput {
  return { ...toPatch(body), auth_profile: body.auth_profile }
}

function toPatch(body: ProfileCreate | ProfileUpdate): ProfilePatch {
  const { auth_profile, useable, namespace, origin, check, authentication, log_requests, ...rest } =
    body
  return {
    ...rest,
    ...(authentication !== undefined && { authentication: authentication || null }),
    ...(log_requests !== undefined && { log_requests: log_requests || null }),
  }
}

function requireSameName(name: string, { auth_profile }: ProfileUpdate): void {
  if (auth_profile === undefined || foldName(auth_profile) === foldName(name)) return
  throw new OciProfilesError(
    'VALIDATION_FAILED',
    'auth_profile is another name than the path says',
    {
      fix: 'Leave auth_profile out: names do not change. Create a new profile and delete this one.',
      errors: [{ pointer: '/auth_profile', message: 'names do not change' }],
    },
  )
}

/** Ends the work of a request whose client has gone. */
function abortedWith(reply: FastifyReply): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort()
  })
  return gone.signal
}
