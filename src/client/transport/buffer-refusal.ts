/**
 * Answers that are no success, read to their end: the SDK makes its error of them, and would not tell a body that breaks
 * off from one that says nothing. What an echoing proxy may have put in of our own secrets is masked.
 */

const MAX_BYTES = 1024 * 1024
const MASK = '********'

/** Success as it came, a refusal with its whole body. `authorization` is that of the request. */
export async function bufferRefusal(
  response: Response,
  authorization: string | null,
): Promise<Response> {
  if (response.ok || response.body === null) return response
  const text = maskSecrets(await readText(response.body), authorization)
  const { status, statusText, headers } = response
  return new Response(text, { status, statusText, headers })
}

async function readText(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    chunks.push(chunk)
    length += chunk.byteLength
    if (length > MAX_BYTES) break
  }
  return Buffer.concat(chunks).toString('utf8')
}

function maskSecrets(text: string, authorization: string | null): string {
  const token = /keyId="ST\$([^"]+)"/.exec(authorization ?? '')?.[1]
  const signature = /signature="([^"]+)"/.exec(authorization ?? '')?.[1]
  return [token, signature].reduce<string>(
    (masked, secret) => (secret ? masked.replaceAll(secret, MASK) : masked),
    text,
  )
}
