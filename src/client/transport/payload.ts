/** What goes out as a body. Streams and large bodies go in pieces, so that their progress shows. */
import { Readable } from 'node:stream'
import { isStream } from '../signing/index.ts'

export type Payload = string | Uint8Array | AsyncIterable<unknown> | null

export interface UploadWatcher {
  waitForPeer(): void
  waitForUs(): void
  /** What was to be sent could not be read. */
  sourceFailed(error: Error): void
}

const PIECE_BYTES = 256 * 1024
const LARGE_BYTES = 4 * PIECE_BYTES

/** Bytes whose upload takes so long that a deadline must see its progress. */
export function isLarge(body: Payload): body is Uint8Array {
  return body instanceof Uint8Array && body.byteLength > LARGE_BYTES
}

/** Bytes and text as they go out; nothing for an empty body. */
export function toPayload(body: string | Uint8Array): Payload {
  if (body.length === 0) return null
  return typeof body === 'string' && body.length > LARGE_BYTES ? Buffer.from(body) : body
}

export function watchUpload(body: Payload, watcher: UploadWatcher): Payload {
  if (isLarge(body)) return watched(piecesOf(body), watcher)
  return isStream(body) ? watched(body, watcher) : body
}

/** Lets go of a stream that will not be read to its end. */
export function dropUpload(body: Payload): void {
  if (body instanceof Readable) body.destroy()
  else if (body instanceof ReadableStream) body.cancel().catch(() => {})
}

/** The other side is waited for only while it has a piece to take. */
async function* watched(
  pieces: AsyncIterable<unknown> | Iterable<unknown>,
  watcher: UploadWatcher,
): AsyncGenerator<unknown> {
  watcher.waitForUs()
  try {
    for await (const piece of pieces) {
      watcher.waitForPeer()
      yield piece
      watcher.waitForUs()
    }
  } catch (error) {
    watcher.sourceFailed(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
  watcher.waitForPeer()
}

function* piecesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
    yield bytes.subarray(at, at + PIECE_BYTES)
  }
}
