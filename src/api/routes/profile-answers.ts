/** How profiles are answered: public as a text that is made once, sensitive with an audit line and never stored. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ProfileRecord } from '../../registry/index.ts'
import { publicJson, sensitiveView, type Logger } from '../../schemas/index.ts'
import { createEntityTags, type EntityTags } from '../etag.ts'

export interface ProfileAnswers {
  tags: EntityTags
  sendOne(reply: FastifyReply, record: ProfileRecord): FastifyReply
  sendMany(reply: FastifyReply, records: readonly ProfileRecord[]): FastifyReply
  /** Views with secrets in plain text, for those who asked for them. */
  sensitive(
    request: FastifyRequest,
    reply: FastifyReply,
    records: readonly ProfileRecord[],
  ): object[]
}

const JSON_TYPE = 'application/json; charset=utf-8'

export function createProfileAnswers(logger: Logger): ProfileAnswers {
  const tags = createEntityTags()
  const lists = new WeakMap<readonly ProfileRecord[], string>()

  const listJson = (records: readonly ProfileRecord[]): string => {
    let text = lists.get(records)
    if (text === undefined) lists.set(records, (text = joinJson(records)))
    return text
  }

  return {
    tags,
    sendOne: (reply, record) =>
      reply.type(JSON_TYPE).header('etag', tags.of(record)).send(publicJson(record.profile)),
    sendMany: (reply, records) => reply.type(JSON_TYPE).send(listJson(records)),
    sensitive(request, reply, records) {
      const profiles = records.map(({ profile }) => profile.auth_profile)
      const fields = { audit: true, profiles, client: request.ip, request_id: request.id }
      logger.info(fields, 'sensitive fields were read')
      void reply.header('cache-control', 'no-store')
      return records.map(({ profile }) => sensitiveView(profile))
    },
  }
}

function joinJson(records: readonly ProfileRecord[]): string {
  return `[${records.map(({ profile }) => publicJson(profile)).join(',')}]`
}
