/**
 * Keeps the profiles up to date: by the stream of events, and where that fails by reading all of them again, until the
 * stream is back. What happens while everything is read is applied after it.
 */
import { effect, signal } from '@preact/signals'
import { apiKey } from '../session.ts'
import {
  followEvents,
  listChecks,
  listProfiles,
  ServiceProblem,
  Unreachable,
  type Frame,
} from '../service/index.ts'
import { createEventSink, type EventSink } from './events.ts'
import { putAll, rows } from './rows.ts'

/** `gone`: nobody answers. `polling`: answers come, the stream does not. */
export type Connection = 'connecting' | 'live' | 'polling' | 'gone'

export const connection = signal<Connection>('connecting')
/** When the next attempt is due, in milliseconds since 1970 by this machine's clock. */
export const nextAttemptAt = signal(0)
/** Version of the service, once it has said it. */
export const serviceVersion = signal<string | null>(null)
/** What the service answered in place of the profiles, where it is not to be reached by waiting. */
export const loadProblem = signal<string | null>(null)

const RETRY_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000]

let wake = () => {}

/** Follows the service for as long as there is a key. */
export function stayConnected(): void {
  effect(() => {
    if (apiKey.value === null) {
      // What was seen with a key is not for whoever comes next.
      rows.value = null
      return undefined
    }
    const ending = new AbortController()
    void follow(ending.signal)
    return () => ending.abort()
  })
  addEventListener('online', () => wake())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wake()
  })
}

export function tryNow(): void {
  wake()
}

async function follow(signal: AbortSignal): Promise<void> {
  connection.value = 'connecting'
  signal.addEventListener('abort', () => wake())
  const sink = createEventSink({ readAll, onHello: greet, isOver: () => signal.aborted })
  let failures = 0
  while (!signal.aborted) {
    const started = Date.now()
    const wasLive = await followOnce(sink, signal)
    if (signal.aborted) return
    failures = wasLive ? 0 : failures + 1
    connection.value = (await poll(signal)) ? 'polling' : 'gone'
    const waitMs = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)]!
    // Attempts that took long are part of the waiting: everything is read every 15 s.
    const spentMs = wasLive ? 0 : Date.now() - started
    if (!signal.aborted) await pause(Math.max(RETRY_MS[0]!, waitMs - spentMs))
  }
}

/** True when there was a stream, however it ended. */
async function followOnce(sink: EventSink, signal: AbortSignal): Promise<boolean> {
  let began = false
  const onFrames = (frames: Frame[]) => {
    began = true
    connection.value = 'live'
    sink.take(frames)
  }
  try {
    await followEvents(sink.lastId(), onFrames, signal)
  } catch (error) {
    if (!isExpected(error)) throw error
  }
  return began
}

async function poll(signal: AbortSignal): Promise<boolean> {
  try {
    await readAll()
    return true
  } catch (error) {
    if (signal.aborted) return false
    if (!isExpected(error)) throw error
    return error instanceof ServiceProblem
  }
}

async function readAll(): Promise<void> {
  try {
    const key = apiKey.peek()
    const [profiles, checks] = await Promise.all([listProfiles(), listChecks()])
    if (apiKey.peek() === key) putAll(profiles, checks)
    loadProblem.value = null
  } catch (error) {
    if (error instanceof ServiceProblem) loadProblem.value = error.message
    throw error
  }
}

function greet(version: string): void {
  serviceVersion.value = version
}

function isExpected(error: unknown): boolean {
  return (
    error instanceof ServiceProblem ||
    error instanceof Unreachable ||
    (error instanceof DOMException && error.name === 'AbortError')
  )
}

function pause(ms: number): Promise<void> {
  nextAttemptAt.value = Date.now() + ms
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => {
      clearTimeout(timer)
      resolve()
    }
  })
}
