/** The regions and realms that are compiled into the SDK, and no others: asking it by name would read files and register what they hold. */

export interface KnownRegion {
  regionId: string
  /** Short code, lower case: `fra`. */
  code: string | null
  realmId: string
  realmDomain: string
}

export interface SdkTable {
  regions: readonly KnownRegion[]
  /** Realm → domain. */
  realms: ReadonlyMap<string, string>
}

let table: SdkTable | null = null

/** Loads the SDK at the first call. */
export async function sdkTable(): Promise<SdkTable> {
  table ??= readTable(await import('oci-common'))
  return table
}

function readTable({ Region, Realm }: typeof import('oci-common')): SdkTable {
  const regions = Object.values(Region)
    .filter((value) => value instanceof Region)
    .map(({ regionId, regionCode, realm }) => ({
      regionId,
      code: regionCode ?? null,
      realmId: realm.realmId,
      realmDomain: realm.secondLevelDomain,
    }))
  const realms = Object.values(Realm)
    .filter((value) => value instanceof Realm)
    .map(({ realmId, secondLevelDomain }) => [realmId, secondLevelDomain] as const)
  return { regions, realms: new Map(realms) }
}
