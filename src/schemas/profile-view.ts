/** Profiles as JSON. Fields are named one by one, so that nothing new leaks. */
import type { OciProfileConfig } from './profile.ts'

type Profile = Readonly<OciProfileConfig>

/** What every reader may see. */
export function publicView(profile: Profile): object {
  return {
    auth_profile: profile.auth_profile,
    user: profile.user,
    authentication: profile.authentication,
    tenancy: profile.tenancy,
    region: profile.region,
    genai_compartment_id: profile.genai_compartment_id,
    genai_region: profile.genai_region,
    log_requests: profile.log_requests,
    additional_user_agent: profile.additional_user_agent,
    useable: profile.useable,
    namespace: profile.namespace,
    origin: profile.origin,
    check: profile.check,
  }
}

/** The same with the five sensitive fields, secrets in plain text: only for those who ask for it. */
export function sensitiveView(profile: Profile): object {
  return {
    ...publicView(profile),
    fingerprint: profile.fingerprint,
    key_content: profile.key_content?.reveal() ?? null,
    key_file: profile.key_file,
    pass_phrase: profile.pass_phrase?.reveal() ?? null,
    security_token_file: profile.security_token_file,
  }
}
