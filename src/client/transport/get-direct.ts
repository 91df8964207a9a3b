/** A plain GET without signature and proxy, for services of the machine itself. */
import { connectionsFor } from './connections.ts'
import { converse } from './conversation.ts'
import { NO_PROXIES } from './proxies.ts'

const MAX_CHARACTERS = 64 * 1024

/** Over within `timeoutMs`, answered or not. Rejects with a `TransportError`. */
export async function getDirect(
  url: string,
  headers: Record<string, string>,
  timeoutMs: number,
): Promise<{ status: number; text: string }> {
  const signal = AbortSignal.timeout(timeoutMs)
  const settings = { connectTimeoutMs: timeoutMs, proxies: NO_PROXIES, certificates: null }
  const pool = await connectionsFor(settings)
  const request = {
    method: 'GET',
    url: new URL(url),
    headers: Object.entries(headers).flat(),
    body: null,
  }
  const response = await converse(pool, request, { readTimeoutMs: timeoutMs, signal })
  return { status: response.status, text: await readSome(response) }
}

async function readSome(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MAX_CHARACTERS) break
  }
  return text
}
