/** A path that is written almost as a file is called: in other case, or with a slip in its last part. Reads folders. */
import { readdir } from 'node:fs/promises'
import { isAbsolute, join, parse, resolve, sep } from 'node:path'
import { nearestName } from '../schemas/index.ts'

/**
 * The file that was most likely meant; `null` where none is near. One whose name is another one, if only by a letter, must
 * prove that it is meant.
 */
export async function findSimilarPath(
  path: string,
  isMeant: (path: string) => Promise<boolean>,
): Promise<string | null> {
  const absolute = resolve(path)
  const near = () =>
    findNearName(absolute).then(async (each) => {
      return each !== null && (await isMeant(each)) ? each : null
    })
  const found = (await findInOtherCase(absolute)) ?? (await near())
  if (found === null || isAbsolute(path)) return found
  // As it was written: from the working directory on.
  return found.startsWith(`${resolve('.')}${sep}`) ? found.slice(resolve('.').length + 1) : found
}

/** Systems that tell cases apart hold files from those that do not. */
async function findInOtherCase(path: string): Promise<string | null> {
  const { root } = parse(path)
  let found = root
  for (const part of path.slice(root.length).split(sep)) {
    const names = await namesIn(found)
    const name = names.includes(part)
      ? part
      : names.find((each) => each.toLowerCase() === part.toLowerCase())
    if (name === undefined) return null
    found = join(found, name)
  }
  return found === path ? null : found
}

async function findNearName(path: string): Promise<string | null> {
  const { dir, base, name, ext } = parse(path)
  const others = (await namesIn(dir)).filter((each) => each !== base).map((each) => parse(each))
  const alike = others.filter((each) => each.ext === ext).map((each) => each.name)
  const found = nearestName(name, alike)
  return found === null ? null : join(dir, `${found}${ext}`)
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => [])
}
