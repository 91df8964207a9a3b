/** Where the owner of a token is at home: the resource's OCID names the region, a claim of its own the tenancy. Pure. */
import { regionOfOcid } from '../place/index.ts'
import type { Home } from '../signing/index.ts'
import type { SessionToken } from '../tokens/index.ts'

export function homeOfToken({ claims }: SessionToken): Home {
  return { region: regionOfOcid(claims.subject), tenancy: claims.tenancy }
}
