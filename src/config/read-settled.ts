/**
 * The config file read again while others may be writing it. A file that was written just now, or that has vanished, been
 * emptied or locked since it was read, is given a moment: most of these are the middle of an edit.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { stampOf, type FileStamp } from './file-look.ts'
import { locateConfigFile, type LocateOptions } from './locate.ts'
import { parseOciConfigFile, type ParsedConfigFile } from './read-profiles.ts'

const QUIET_MS = 150
const PATIENCE_MS = 1_000

/**
 * As `parseOciConfigFile`, a second later at most. `hadProfiles`: what was read before had some, so that a file without
 * content may be one that is being written.
 */
export async function parseSettledConfigFile(
  options: LocateOptions,
  hadProfiles: boolean,
): Promise<ParsedConfigFile> {
  const file = locateConfigFile(options)
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const isOver = performance.now() >= until
    const before = await stampOf(file)
    if (isOver || !mayBeWritten(before, hadProfiles)) {
      const [result] = await Promise.allSettled([parseOciConfigFile(options)])
      const after = await stampOf(file)
      if (result.status === 'fulfilled' && (isOver || after.text === before.text)) {
        return result.value
      }
      if (result.status === 'rejected' && isOver) throw result.reason
    }
    await pause(QUIET_MS)
  }
}

function mayBeWritten({ writtenAt, size }: FileStamp, hadProfiles: boolean): boolean {
  return Math.abs(Date.now() - writtenAt) < QUIET_MS || (hadProfiles && size === 0)
}
