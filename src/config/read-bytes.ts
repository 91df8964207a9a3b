/** Bytes of a file: so many at most, and never waiting for a pipe that nobody writes to. */
import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { isatty } from 'node:tty'

/** Some 200,000 profiles. What is larger is no config file, and some devices never end. */
export const MAX_CONFIG_BYTES = 64 * 1024 * 1024

/** A small file takes one small buffer; a pipe, which has no size, takes several. */
const CHUNK_BYTES = { least: 16 * 1024, most: 256 * 1024 }

/** A pipe that the shell has opened for us, as in `--config-file <(command)`, has somebody who writes to it. */
const OPENED_BY_SHELL = /^\/(?:dev\/stdin|(?:dev|proc\/self)\/fd\/\d+)$/

/** Rejects with an error whose `code` is Node's own, `PIPE`, `TERMINAL` or `TOO_LARGE`. */
export async function readBytes(path: string, maxBytes = MAX_CONFIG_BYTES): Promise<Buffer> {
  const mayWait = OPENED_BY_SHELL.test(path)
  const file = await open(path, constants.O_RDONLY | (mayWait ? 0 : (constants.O_NONBLOCK ?? 0)))
  try {
    const facts = await file.stat()
    if (facts.isDirectory()) throw fault('EISDIR')
    if (facts.isFIFO() && !mayWait) throw fault('PIPE')
    // It waits for somebody to type a config file.
    if (isatty(file.fd)) throw fault('TERMINAL')
    if (facts.size > maxBytes) throw fault('TOO_LARGE')
    return await readToEnd(file, chunkBytes(facts.size), maxBytes)
  } finally {
    await file.close()
  }
}

async function readToEnd(file: FileHandle, chunk: number, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for (;;) {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(chunk) })
    if (bytesRead === 0) return Buffer.concat(chunks)
    length += bytesRead
    if (length > maxBytes) throw fault('TOO_LARGE')
    chunks.push(buffer.subarray(0, bytesRead))
  }
}

function chunkBytes(size: number): number {
  return Math.min(CHUNK_BYTES.most, Math.max(CHUNK_BYTES.least, size))
}

function fault(code: 'EISDIR' | 'PIPE' | 'TERMINAL' | 'TOO_LARGE'): Error {
  return Object.assign(new Error(code), { code })
}
