/** Config files as other tools read them: the last one that was asked for is kept, as long as the memory is not needed. */
import { configFileStamp, readConfigText } from '../../config/index.ts'
import { DialectFile } from './dialect-file.ts'

interface Kept {
  path: string
  stamp: string
  file: WeakRef<DialectFile>
}

let latest: Kept | null = null

/** `null` for a file that is gone, that cannot be read, or that can be read only once. Rejects with nothing. */
export async function openDialectFile(path: string): Promise<DialectFile | null> {
  const stamp = await configFileStamp(path)
  if (stamp === null) return null
  const known = latest?.path === path && latest.stamp === stamp ? latest.file.deref() : undefined
  if (known !== undefined) return known
  try {
    const file = new DialectFile(await readConfigText(path))
    // A file that changed meanwhile is not kept under its old stamp.
    if ((await configFileStamp(path)) !== stamp) return null
    latest = { path, stamp, file: new WeakRef(file) }
    return file
  } catch {
    return null
  }
}
