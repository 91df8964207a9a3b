/** How profiles are answered: public as bytes that are made once, sensitive with an audit line and never stored. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ProfileRecord } from '../../registry/index.ts'
import {
  audit,
  publicView,
  sensitiveView,
  type Logger,
  type OciProfileConfig,
} from '../../schemas/index.ts'
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
  return {
    tags,
    sendOne: (reply, record) =>
      reply.type(JSON_TYPE).header('etag', tags.of(record)).send(profileBytes(record.profile)),
    sendMany: (reply, records) => reply.type(JSON_TYPE).send(listBytes(records)),
    sensitive(request, reply, records) {
      const profiles = records.map(({ profile }) => profile.auth_profile)
      const fields = { profiles, client: request.ip, request_id: request.id }
      audit(logger, fields, 'sensitive fields were read')
      void reply.header('cache-control', 'no-store')
      return records.map(({ profile }) => sensitiveView(profile))
    },
  }
}

// Records and lists of them are never changed: what was made of one holds as long as it is there.
const profileBytes = onceEach((profile: Readonly<OciProfileConfig>) =>
  Buffer.from(JSON.stringify(publicView(profile))),
)
const listBytes = onceEach((records: readonly ProfileRecord[]) => {
  const items = records.map(({ profile }) => profileBytes(profile).toString())
  return Buffer.from(`[${items.join(',')}]`)
})

function onceEach<K extends object>(make: (key: K) => Buffer): (key: K) => Buffer {
  const made = new WeakMap<K, Buffer>()
  return (key) => {
    let bytes = made.get(key)
    if (bytes === undefined) made.set(key, (bytes = make(key)))
    return bytes
  }
}
