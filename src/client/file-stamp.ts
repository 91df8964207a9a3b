/** A short text that changes when a file changes. One stat, no reading. */
import { stat } from 'node:fs/promises'

export async function fileStamp(path: string): Promise<string> {
  try {
    const { mtimeNs, ctimeNs, size, ino } = await stat(path, { bigint: true })
    return `${mtimeNs}:${ctimeNs}:${size}:${ino}`
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown'
  }
}
