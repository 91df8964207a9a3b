/** OCIDs are long, and tell themselves apart by their ends. Pure. */

/** `ocid1.tenancy.oc1..aaaa…x7q2`, or the text itself where it is short. */
export function shortOcid(ocid: string): string {
  if (ocid.length <= 24) return ocid
  return `…${ocid.slice(-8)}`
}
