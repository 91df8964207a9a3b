/** Generative AI inference, version 20231130: a chat partner that repeats what it hears, at once or as events. */
import { jsonAnswer, refusalAnswer, type Answer } from '../answer.ts'
import { singleHeader } from '../received-request.ts'
import { invalidParameter } from '../refusals.ts'
import { asObject, parseJsonObject, type JsonObject } from '../json-object.ts'
import type { Call, Route } from './route.ts'

export const GENERATIVE_AI: readonly Route[] = [
  { method: 'POST', path: '/20231130/actions/chat', access: 'standard', answer: chat },
]

/** How each format of chat puts its question and its answer. */
interface ChatFormat {
  question: (request: JsonObject) => unknown
  reply: (text: string, now: number) => JsonObject
  piece: (text: string) => JsonObject
  last: JsonObject
}

const message = (text: string) => ({ role: 'ASSISTANT', content: [{ type: 'TEXT', text }] })

const FORMATS = new Map<unknown, ChatFormat>([
  [
    'GENERIC',
    {
      question: lastMessage,
      reply: (text, now) => ({
        timeCreated: new Date(now).toISOString(),
        choices: [{ index: 0, message: message(text), finishReason: 'stop' }],
        usage: { promptTokens: 1, completionTokens: 1, totalTokens: 2 },
      }),
      piece: (text) => ({ index: 0, message: message(text) }),
      last: { finishReason: 'stop' },
    },
  ],
  [
    'COHERE',
    {
      question: (request) => request.message,
      reply: (text) => ({ text, chatHistory: [], finishReason: 'COMPLETE' }),
      piece: (text) => ({ apiFormat: 'COHERE', text }),
      last: { apiFormat: 'COHERE', finishReason: 'COMPLETE' },
    },
  ],
  [
    'COHEREV2',
    {
      question: lastMessage,
      reply: (text) => ({ id: 'emulator', message: message(text), finishReason: 'COMPLETE' }),
      piece: (text) => ({ apiFormat: 'COHEREV2', message: message(text) }),
      last: { apiFormat: 'COHEREV2', finishReason: 'COMPLETE' },
    },
  ],
])

function chat(call: Call): Answer {
  const body = parseJsonObject(call.body)
  const request = asObject(body?.chatRequest)
  const servingMode = asObject(body?.servingMode)
  if (typeof body?.compartmentId !== 'string') return missing('compartmentId')
  const modelId = servingMode?.modelId ?? servingMode?.endpointId
  if (typeof modelId !== 'string') return missing('servingMode.modelId')
  const format = FORMATS.get(request?.apiFormat)
  if (request === null || format === undefined) return missing('chatRequest.apiFormat')
  const question = format.question(request)
  if (typeof question !== 'string') return missing('chatRequest.messages')

  const text = `You said: ${question}`
  if (wantsEvents(call, request)) return eventAnswer(format, text)
  const chatResponse = { apiFormat: request.apiFormat, ...format.reply(text, call.now) }
  return jsonAnswer({ modelId, modelVersion: '1.0', chatResponse })
}

/** SDKs of Oracle ask in the body; others by accepting nothing but events. */
function wantsEvents(call: Call, request: JsonObject): boolean {
  if (request.isStream === true) return true
  const accept = singleHeader(call.headers, 'accept') ?? ''
  return accept.includes('text/event-stream') && !accept.includes('application/json')
}

/** One event for each word, and one for the end. */
function eventAnswer(format: ChatFormat, text: string): Answer {
  const words = text.match(/\S+\s*/g) ?? []
  const events = [...words.map(format.piece), format.last]
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`),
  }
}

function lastMessage(request: JsonObject): unknown {
  const messages = Array.isArray(request.messages) ? (request.messages as unknown[]) : []
  const content = asObject(messages.at(-1))?.content
  return Array.isArray(content) ? asObject(content[0])?.text : content
}

function missing(name: string): Answer {
  return refusalAnswer(invalidParameter(`${name} is missing or not valid.`))
}
