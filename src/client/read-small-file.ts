/** Reads a file that must be small and plain: a pipe does not hang it, a disk image does not fill the memory. */
import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

const SMALL_FILE_BYTES = 64 * 1024

type FileFault = 'missing' | 'unreadable'

/** Why a file could not be read; `message` goes after the path: "is a directory", "does not exist". */
export class FileFaultError extends Error {
  readonly fault: FileFault

  constructor(fault: FileFault, message: string) {
    super(message)
    this.name = 'FileFaultError'
    this.fault = fault
  }
}

/** Rejects with a `FileFaultError`, with nothing else. */
export async function readSmallFile(path: string, maxBytes = SMALL_FILE_BYTES): Promise<Buffer> {
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to would never return.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      return await readPlain(file, maxBytes)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw error instanceof FileFaultError ? error : toFileFault(error)
  }
}

async function readPlain(file: FileHandle, maxBytes: number): Promise<Buffer> {
  const facts = await file.stat()
  if (facts.isDirectory()) throw new FileFaultError('unreadable', 'is a directory')
  if (!facts.isFile()) throw new FileFaultError('unreadable', 'is not a regular file')
  const buffer = Buffer.allocUnsafe(Math.min(maxBytes, Math.max(facts.size, 4096)) + 1)
  let length = 0
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length, buffer.length - length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  if (length > maxBytes || facts.size > maxBytes) {
    throw new FileFaultError('unreadable', `is larger than ${maxBytes / 1024} KiB`)
  }
  return Buffer.from(buffer.subarray(0, length))
}

function toFileFault(error: unknown): FileFaultError {
  const code = (error as NodeJS.ErrnoException).code ?? 'unknown fault'
  if (code === 'ENOENT') return new FileFaultError('missing', 'does not exist')
  if (code === 'ENOTDIR') {
    return new FileFaultError('missing', 'does not exist: a part of its path is no folder')
  }
  if (code === 'EACCES' || code === 'EPERM') {
    return new FileFaultError('unreadable', `cannot be read by this user (${code})`)
  }
  if (code === 'EISDIR') return new FileFaultError('unreadable', 'is a directory')
  return new FileFaultError('unreadable', `cannot be read (${code})`)
}
