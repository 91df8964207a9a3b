/** Regions: their keys, and the domains of their realms. Pure. */

export const REGIONS = [
  { key: 'FRA', name: 'eu-frankfurt-1' },
  { key: 'IAD', name: 'us-ashburn-1' },
  { key: 'LHR', name: 'uk-london-1' },
  { key: 'NRT', name: 'ap-tokyo-1' },
  { key: 'PHX', name: 'us-phoenix-1' },
]

const REALM_DOMAINS = new Map([
  ['oc1', 'oraclecloud.com'],
  ['oc2', 'oraclegovcloud.com'],
  ['oc3', 'oraclegovcloud.com'],
  ['oc4', 'oraclegovcloud.uk'],
  ['oc19', 'oraclecloud.eu'],
])
/** The two oldest regions, whose names the metadata service gives in short. */
const SHORT_NAMES = new Map([
  ['us-phoenix-1', 'phx'],
  ['us-ashburn-1', 'iad'],
])

/** As the metadata service names it. */
export function shortName(region: string): string {
  return SHORT_NAMES.get(region) ?? region
}

/** For a region that is not in the table, the key is made up of its name. */
export function regionInfo(region: string, tenancy: string): Record<string, string> {
  const realmKey = /^ocid1\.tenancy\.([a-z0-9]+)\./.exec(tenancy)?.[1] ?? 'oc1'
  const known = REGIONS.find(({ name }) => name === region)
  return {
    realmKey,
    realmDomainComponent: REALM_DOMAINS.get(realmKey) ?? `oraclecloud${realmKey.slice(2)}.com`,
    regionKey: known?.key ?? (region.split('-')[1] ?? region).slice(0, 3).toUpperCase(),
    regionIdentifier: region,
  }
}
