/** A path that is written almost as a file is called: in other case, or with a slip in its last part. Reads folders. */
import { readdir, stat } from 'node:fs/promises'
import { isAbsolute, join, parse, resolve, sep } from 'node:path'
import { nearestName } from '../schemas/index.ts'

/** How near the name of a file is: `case` where only that differs. */
export type Likeness = 'case' | 'near'

/** Enough for a folder made by hand; a bound, for thousands of profiles may have lost their keys at once. */
const MOST_NAMES = 200

/**
 * The file that was most likely meant; `null` where none is near. `isMeant` is asked for each that is: a name that differs
 * by a letter may be that of another key.
 */
export async function findSimilarPath(
  path: string,
  isMeant: (path: string, likeness: Likeness) => Promise<boolean>,
): Promise<string | null> {
  const absolute = resolve(path)
  const finders = { case: findInOtherCase, near: findNearName }
  for (const likeness of ['case', 'near'] as const) {
    const found = await finders[likeness](absolute)
    if (found === null || !(await isFile(found)) || !(await isMeant(found, likeness))) continue
    return isAbsolute(path) ? found : fromHere(found)
  }
  return null
}

/** As it was written: from the working directory on. */
function fromHere(path: string): string {
  const here = `${resolve('.')}${sep}`
  return path.startsWith(here) ? path.slice(here.length) : path
}

/** Systems that tell cases apart hold files from those that do not. */
async function findInOtherCase(path: string): Promise<string | null> {
  const { root, dir, base } = parse(path)
  const isUsual = await isFolder(dir)
  let found = isUsual ? dir : root
  const parts = isUsual ? [base] : path.slice(root.length).split(sep)
  for (const part of parts) {
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
  const mayBe = (each: string) => {
    return each !== base && each.endsWith(ext) && Math.abs(each.length - base.length) <= 2
  }
  const others = (await namesIn(dir)).filter(mayBe).slice(0, MOST_NAMES)
  const found = nearestName(
    name,
    others.map((each) => parse(each).name),
  )
  return found === null ? null : join(dir, `${found}${ext}`)
}

const KEPT_MS = 1000
const MOST_FOLDERS = 50

const listings = new Map<string, { at: number; names: Promise<string[]> }>()

/** Profiles that are checked together ask for the same folders. */
function namesIn(folder: string): Promise<string[]> {
  const now = performance.now()
  const known = listings.get(folder)
  if (known && now - known.at < KEPT_MS) return known.names
  if (listings.size >= MOST_FOLDERS) listings.clear()
  const names = readdir(folder).catch(() => [])
  listings.set(folder, { at: now, names })
  return names
}

export function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  )
}

function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  )
}
