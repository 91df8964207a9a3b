/** A client of /v1/events: what it has been told, and when the stream ended. */
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { KEY, type TestApi } from './harness.ts'

export interface ToldEvent {
  id: number
  event: string
  data: any
}

export interface EventClient {
  status: number
  headers: IncomingMessage['headers']
  events: ToldEvent[]
  /** As it came, comments included. */
  text(): string
  /** Resolves with the events from the first one of that type on. */
  until(type: string): Promise<ToldEvent[]>
  ended: Promise<void>
  /** Takes nothing more, and leaves the connection open. */
  pause(): void
  leave(): void
}

export async function listenTo(
  api: Pick<TestApi, 'address'>,
  headers: Record<string, string> = {},
): Promise<EventClient> {
  const { port } = api.address() as AddressInfo
  const request = get({
    port,
    path: '/v1/events',
    headers: { 'x-api-key': KEY, ...headers },
    agent: false,
  })
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject)
  })
  const events: ToldEvent[] = []
  let text = ''
  let rest = ''
  let isOver = false
  const waiting = new Set<() => void>()
  response.setEncoding('utf8').on('data', (part: string) => {
    text += part
    const frames = (rest + part).split('\n\n')
    rest = frames.pop() ?? ''
    events.push(...frames.filter((frame) => !frame.startsWith(':')).map(parse))
    for (const look of waiting) look()
  })
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      isOver = true
      for (const look of waiting) look()
      resolve()
    }
    response.on('close', end).on('error', end)
  })
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    text: () => text,
    until: (type) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const index = events.findIndex(({ event }) => event === type)
          if (index >= 0) resolve(events.slice(index))
          else if (isOver) reject(new Error(`the stream ended without ${type}: ${text}`))
          else return
          waiting.delete(look)
        }
        waiting.add(look)
        look()
      }),
    ended,
    pause: () => void response.pause(),
    leave: () => void request.destroy(),
  }
}

function parse(frame: string): ToldEvent {
  const fields = Object.fromEntries(
    frame.split('\n').map((line) => {
      const colon = line.indexOf(': ')
      return [line.slice(0, colon), line.slice(colon + 2)]
    }),
  )
  return { id: Number(fields['id']), event: fields['event']!, data: JSON.parse(fields['data']!) }
}
