/** Bodies of requests, as validated, in the words of the registry. */
import { OciProfilesError } from '../../errors.ts'
import type { ProfilePatch } from '../../registry/index.ts'
import { foldName, type OciProfileInput } from '../../schemas/index.ts'
import type { ProfileCreate, ProfileUpdate } from '../../schemas/wire/index.ts'

export function toInput(body: ProfileCreate): OciProfileInput {
  return { ...toPatch(body), auth_profile: body.auth_profile }
}

export function toPatch(body: ProfileCreate | ProfileUpdate): ProfilePatch {
  const { auth_profile, useable, namespace, origin, check, authentication, log_requests, ...rest } =
    body
  return {
    ...rest,
    ...(authentication !== undefined && { authentication: authentication || null }),
    ...(log_requests !== undefined && { log_requests: log_requests || null }),
  }
}

/** Throws VALIDATION_FAILED for another name than the path's. */
export function requireSameName(name: string, { auth_profile }: ProfileUpdate): void {
  if (auth_profile === undefined || foldName(auth_profile) === foldName(name)) return
  throw new OciProfilesError(
    'VALIDATION_FAILED',
    'auth_profile is another name than the path says',
    {
      fix: 'Leave auth_profile out: names do not change. Create a new profile and delete this one.',
      errors: [{ pointer: '/auth_profile', message: 'names do not change' }],
    },
  )
}
