/** The region that a misspelt one, or a text that names one, most likely meant. */
import { nearestName } from '../../schemas/index.ts'
import type { Environment } from '../environment.ts'
import { ownRegions } from './own-regions.ts'
import { sdkTable, type KnownRegion } from './sdk-table.ts'

/** Identifier of a region of the SDK or the user's own; `null` where none is near. Rejects with `SETTING_INVALID`. */
export async function nearestRegion(region: string, env: Environment): Promise<string | null> {
  const known = await knownRegions(env)
  const names = known.map(({ regionId }) => regionId)
  const ofDomain = AVAILABILITY_DOMAIN.test(region) ? named(region, known) : null
  return ofDomain ?? nearestOf(region, names) ?? byCity(region.toLowerCase(), names)
}

/**
 * Identifiers of the regions that a text names, which is none itself: in a list, in a host name, as a short code, in the name of an
 * availability domain, with `_` for `-`, or by
 * the city, as the OCI Console shows it: `US East (Ashburn)`. Rejects with `SETTING_INVALID`.
 */
export async function regionsIn(text: string, env: Environment): Promise<string[]> {
  const known = await knownRegions(env)
  const names = known.map(({ regionId }) => regionId)
  const words = new Set(
    text
      .toLowerCase()
      .replaceAll('_', '-')
      .match(/[a-z0-9-]+/g),
  )
  const whole = [...words].map((word) => named(word, known)).filter((name) => name !== null)
  if (whole.length > 0) return [...new Set(whole)]
  const [only, ...more] = words
  const near = only !== undefined && more.length === 0 ? nearestOf(only, names) : null
  const meant = near ?? byCityWithin(text, names)
  return meant === null ? [] : [meant]
}

async function knownRegions(env: Environment): Promise<KnownRegion[]> {
  const own = await ownRegions(env)
  return [...(await sdkTable()).regions, ...own.flatMap(({ regions }) => regions)]
}

/** `Uocm:PHX-AD-1` is an availability domain, of the region `phx`. */
const AVAILABILITY_DOMAIN = /-ad-\d+$/

/** By identifier or short code, also of one of its availability domains. */
function named(word: string, known: readonly KnownRegion[]): string | null {
  const name = word.replace(AVAILABILITY_DOMAIN, '')
  return known.find(({ regionId, code }) => regionId === name || code === name)?.regionId ?? null
}

/** `Brazil East (Sao Paulo)` → `sa-saopaulo-1`: one, two or three words make the name of a city. */
function byCityWithin(text: string, names: readonly string[]): string | null {
  const words = text.toLowerCase().match(/[a-z]+/g) ?? []
  for (const count of [1, 2, 3]) {
    for (let start = words.length - count; start >= 0; start--) {
      const found = byCity(words.slice(start, start + count).join(''), names)
      if (found !== null) return found
    }
  }
  return null
}

/** The comparison is one of names with underscores. */
function nearestOf(region: string, names: readonly string[]): string | null {
  const underscored = new Map(names.map((name) => [name.replaceAll('-', '_'), name]))
  return underscored.get(nearestName(region, [...underscored.keys()]) ?? '') ?? null
}

/** `frankfurt` → `eu-frankfurt-1`. */
function byCity(city: string, names: readonly string[]): string | null {
  return names.find((name) => name.split('-')[1] === city) ?? null
}
