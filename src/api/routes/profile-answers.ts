/** How profiles are answered: public as text that is made once, sensitive with an audit line and never stored. */
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
      reply.type(JSON_TYPE).header('etag', tags.of(record)).send(profileText(record.profile)),
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
// Node sends a text in one piece with its head, bytes in two: for short answers that is what counts.
const profileText = onceEach((profile: Readonly<OciProfileConfig>) =>
  JSON.stringify(publicView(profile)),
)
const listBytes = onceEach((records: readonly ProfileRecord[]) => {
  const items = records.map(({ profile }) => profileText(profile))
  return Buffer.from(`[${items.join(',')}]`)
})

function onceEach<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>()
  return (key) => {
    let answer = made.get(key)
    if (answer === undefined) made.set(key, (answer = make(key)))
    return answer
  }
}
