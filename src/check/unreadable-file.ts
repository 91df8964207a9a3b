/** A key or token file that is there and cannot be read: what to do, by what the file is and whose. */
import { open, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { PathField } from '../client/index.ts'
import { shellPath } from '../schemas/index.ts'

interface FileFacts {
  kind: 'file' | 'folder' | 'other'
  size: number
  mode: number
  /** Number of its owner. */
  uid: number
  isReadable: boolean
}

const SMALL_FILE_BYTES = 64 * 1024
const OWNER_READS = 0o400

/** Rejects with nothing. */
export async function fixUnreadable(path: string, field: PathField): Promise<string> {
  try {
    return fixOfFile(path, field, await factsOf(path))
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    if (code === 'EACCES' || code === 'EPERM') return fixOfFolder(path, field)
    if (code === 'ELOOP') {
      return `Name the ${nameOf(field)} itself in ${field}, or correct its symbolic links, which lead in a circle.`
    }
    return fixOfSystem(path)
  }
}

function fixOfFile(
  path: string,
  field: PathField,
  { kind, size, isReadable, uid, mode }: FileFacts,
): string {
  const what = nameOf(field)
  if (kind === 'folder') return `Name the ${what} itself in ${field}, not a folder.`
  if (kind === 'other') {
    return `Name an ordinary file in ${field}: a pipe, a socket or a device is not read.`
  }
  if (size > SMALL_FILE_BYTES) return `Name the ${what} in ${field}: it takes a few KiB.`
  if (isReadable) return fixOfSystem(path)
  const word = shellPath(path)
  const user = process.geteuid?.()
  if (user === undefined) return `Give this user the right to read ${word}.`
  if (uid === user && (mode & OWNER_READS) === 0) return `Run: chmod u+r ${word}`
  if (uid === user) return fixOfSystem(path)
  return `Name a file of this user in ${field}, or have root hand this one over: chown ${user} ${word}`
}

async function factsOf(path: string): Promise<FileFacts> {
  const facts = await stat(path)
  const kind = facts.isDirectory() ? 'folder' : facts.isFile() ? 'file' : 'other'
  const { mode, uid, size } = facts
  return { kind, size, mode, uid, isReadable: kind === 'file' && (await opens(path)) }
}

/** The first folder on the way that this user may not enter. */
async function fixOfFolder(path: string, field: PathField): Promise<string> {
  const folders: string[] = []
  for (let at = dirname(resolve(path)); !folders.includes(at); at = dirname(at)) folders.push(at)
  for (const folder of folders.toReversed()) {
    if (await mayEnter(folder)) continue
    return `Put the ${nameOf(field)} where this user may read it, such as ~/.oci: it may not enter the folder ${folder}.`
  }
  return fixOfSystem(path)
}

/** Rights of the file itself allow it. */
function fixOfSystem(path: string): string {
  const word = shellPath(path)
  return `See why the system refuses it: cat ${word} > /dev/null; ls -lZ ${word} shows rights and labels, and the disk may fail.`
}

function nameOf(field: PathField): string {
  return field === 'key_file' ? 'private key' : 'session token'
}

async function opens(path: string): Promise<boolean> {
  try {
    await (await open(path)).close()
    return true
  } catch {
    return false
  }
}

function mayEnter(folder: string): Promise<boolean> {
  return stat(`${folder}/.`).then(
    () => true,
    () => false,
  )
}
