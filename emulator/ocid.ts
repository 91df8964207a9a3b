/** OCIDs that look like real ones, the same for the same seed. */
import { createHash } from 'node:crypto'

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
const PREFIX = 'aaaaaaaa'
const LENGTH = 60

type Kind = 'tenancy' | 'user' | 'compartment' | 'instance' | 'workload' | 'resource'

export function makeOcid(kind: Kind, seed: string): string {
  const bits = createHash('sha512').update(`${kind} ${seed}`).digest()
  const letters = Array.from(
    bits.subarray(0, LENGTH - PREFIX.length),
    (byte) => ALPHABET[byte % 32],
  )
  return `ocid1.${kind}.oc1..${PREFIX}${letters.join('')}`
}
