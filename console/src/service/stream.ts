/** The stream of events: fetch, because EventSource sends no header. One call is one connection. */
import { problemOf, send, Unreachable } from './call.ts'
import { createFrameReader, type Frame } from './frames.ts'

/** The service says something at least this often, be it only a comment. */
const SILENCE_MS = 45_000
/** A proxy that keeps answers until they are whole is noticed by the greeting that does not come. */
const GREETING_MS = 10_000

/** Resolves when the stream ends, rejects when it does not begin or breaks off. */
export async function followEvents(
  lastId: string | null,
  onFrames: (frames: Frame[]) => void,
  signal: AbortSignal,
): Promise<void> {
  const silence = new AbortController()
  let timer = setTimeout(() => silence.abort(), GREETING_MS)
  try {
    const response = await send('GET', 'events', {
      headers: {
        accept: 'text/event-stream',
        ...(lastId !== null && { 'last-event-id': lastId }),
      },
      signal: AbortSignal.any([signal, silence.signal]),
    })
    if (!response.ok || response.body === null) throw await problemOf(response)
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    const readFrames = createFrameReader()
    for (;;) {
      const { done, value } = await reader.read().catch(brokeOff)
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(() => silence.abort(), SILENCE_MS)
      const frames = readFrames(value)
      if (frames.length > 0) onFrames(frames)
    }
  } catch (error) {
    if (silence.signal.aborted) throw new Unreachable('The stream is silent.', { cause: error })
    throw error
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

function brokeOff(cause: unknown): never {
  throw new Unreachable('The stream broke off.', { cause })
}
