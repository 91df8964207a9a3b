/** The region that an OCID names: `ocid1.instance.oc1.iad.aaaa` → `iad`. Users and tenancies are of no region. Pure. */

const OCID = /^ocid1\.[a-z0-9]+\.[a-z0-9]+\.([a-z0-9-]{2,63})\.[a-z0-9._-]+$/

/** Identifier or short code, `null` where there is none. */
export function regionOfOcid(ocid: string | null): string | null {
  return OCID.exec(ocid ?? '')?.[1] ?? null
}
