/** Object Storage: the namespace, its buckets, and objects small enough for memory. */
import { createHash, randomUUID } from 'node:crypto'
import { jsonAnswer, refusalAnswer, type Answer } from '../answer.ts'
import { ocidOf } from '../callers.ts'
import { singleHeader } from '../received-request.ts'
import { NOT_FOUND, refusal } from '../refusals.ts'
import type { Call, Route, World } from './route.ts'

const NAMESPACE_NOT_FOUND = refusal(
  404,
  'NamespaceNotFound',
  'You do not have authorization to perform this request, or the requested resource could not be found.',
)
const COMPARTMENT_MISSING = refusal(
  400,
  'MissingParameter',
  'The query parameter compartmentId is missing.',
)
const STORE_FULL = refusal(400, 'QuotaExceeded', 'This emulator holds no more bytes of objects.')

const OBJECT_PATH = '/n/{namespace}/b/{bucket}/o/{object...}'

export const OBJECT_STORAGE: readonly Route[] = [
  { method: 'GET', path: '/n', access: 'standard', answer: allowed(getNamespace) },
  { method: 'GET', path: '/n/', access: 'standard', answer: allowed(getNamespace) },
  {
    method: 'GET',
    path: '/n/{namespace}/b',
    access: 'standard',
    answer: allowed(inNamespace(listBuckets)),
  },
  {
    method: 'PUT',
    path: OBJECT_PATH,
    access: 'upload',
    answer: allowed(inNamespace(putObject)),
  },
  {
    method: 'GET',
    path: OBJECT_PATH,
    access: 'standard',
    answer: allowed(inNamespace(getObject)),
  },
]

/** The namespace of the caller's tenancy; the compartment, where one is given, is not looked at. */
function getNamespace({ caller }: Call): Answer {
  return jsonAnswer(caller.namespace)
}

function listBuckets({ caller, query }: Call, { objects }: World): Answer {
  const compartmentId = query.get('compartmentId')
  if (!compartmentId) return refusalAnswer(COMPARTMENT_MISSING)
  const buckets = objects.buckets(caller.namespace).map(({ name, created }) => ({
    namespace: caller.namespace,
    name,
    compartmentId,
    createdBy: ocidOf(caller),
    timeCreated: new Date(created).toISOString(),
    etag: createHash('sha1').update(`${name}/${created}`).digest('hex'),
  }))
  return jsonAnswer(buckets)
}

function putObject({ caller, params, headers, body, now }: Call, { objects }: World): Answer {
  const object = {
    content: body,
    contentType: singleHeader(headers, 'content-type') ?? 'application/octet-stream',
    etag: randomUUID(),
    md5: createHash('md5').update(body).digest('base64'),
    modified: now,
  }
  const kept = objects.put(caller.namespace, params.bucket!, params.object!, object)
  if (!kept) return refusalAnswer(STORE_FULL)
  const { etag, md5 } = object
  const lastModified = new Date(now).toUTCString()
  return {
    status: 200,
    headers: { etag, 'opc-content-md5': md5, 'last-modified': lastModified },
    body: Buffer.alloc(0),
  }
}

function getObject({ caller, params }: Call, { objects }: World): Answer {
  const { bucket, object: name } = params
  const object = objects.get(caller.namespace, bucket!, name!)
  if (object === null) {
    const where = `the bucket '${bucket}' in the namespace '${caller.namespace}'`
    const message = `The object '${name}' was not found in ${where}`
    return refusalAnswer(refusal(404, 'ObjectNotFound', message))
  }
  const { content, contentType, etag, md5, modified } = object
  return {
    status: 200,
    headers: {
      'content-type': contentType,
      etag,
      'content-md5': md5,
      'last-modified': new Date(modified).toUTCString(),
    },
    body: content,
  }
}

type AnswerCall = Route['answer']

/** Without a policy the service does not say that it is there. */
function allowed(answer: AnswerCall): AnswerCall {
  return (call, world) =>
    call.caller.namespaceAllowed ? answer(call, world) : refusalAnswer(NOT_FOUND)
}

/** A tenancy has one namespace; the others are not the caller's. */
function inNamespace(answer: AnswerCall): AnswerCall {
  return (call, world) =>
    call.params.namespace === call.caller.namespace
      ? answer(call, world)
      : refusalAnswer(NAMESPACE_NOT_FOUND)
}
