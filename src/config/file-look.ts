/** What a file is like at the moment. Nothing but ordinary files is ever opened: a pipe or a device may wait or act. */
import { stat } from 'node:fs/promises'
import { readBytes } from './read-bytes.ts'

export interface FileStamp {
  /** Differs when the file was written, replaced, removed, or its rights were changed. */
  text: string
  /** `special`: a folder, a pipe, a device, a socket. */
  kind: 'file' | 'special' | 'none'
  size: number
  /** When its content was last written, in milliseconds since 1970. */
  writtenAt: number
  /** When anything about it was last changed, in milliseconds since 1970. */
  changedAt: number
}

/** One stat, no reading. Rejects with nothing. */
export async function stampOf(path: string): Promise<FileStamp> {
  try {
    const facts = await stat(path, { bigint: true })
    const { dev, ino, size, mtimeNs, ctimeNs } = facts
    return {
      text: [dev, ino, size, mtimeNs, ctimeNs].join(':'),
      kind: facts.isFile() ? 'file' : 'special',
      size: Number(size),
      writtenAt: Number(facts.mtimeMs),
      changedAt: Number(facts.ctimeMs),
    }
  } catch (error) {
    return { text: codeOf(error), kind: 'none', size: 0, writtenAt: 0, changedAt: 0 }
  }
}

/** Equal for equal content; says no more of it than that. Rejects with nothing. */
export async function digestOf(path: string, stamp: FileStamp, maxBytes: number): Promise<string> {
  if (stamp.kind === 'none') return stamp.text
  if (stamp.kind === 'special') return 'special'
  // What the kernel makes up while it is read says that it is empty.
  if (stamp.size === 0) return 'empty'
  try {
    const bytes = await readBytes(path, maxBytes)
    // Loaded here because commands that only read the file start faster without it.
    const { hash } = await import('node:crypto')
    return hash('sha256', bytes, 'base64')
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown'
}
