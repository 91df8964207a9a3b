/** The region that a misspelt one most likely meant. */
import { nearestName } from '../../schemas/index.ts'
import type { Environment } from '../environment.ts'
import { ownRegions } from './own-regions.ts'
import { sdkTable } from './sdk-table.ts'

/** Identifier of a region of the SDK or the user's own; `null` where none is near. Rejects with `SETTING_INVALID`. */
export async function nearestRegion(region: string, env: Environment): Promise<string | null> {
  const own = await ownRegions(env)
  const known = [...(await sdkTable()).regions, ...own.flatMap(({ regions }) => regions)]
  const names = known.map(({ regionId }) => regionId)
  return nearestOf(region, names) ?? byCity(region.toLowerCase(), names)
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
