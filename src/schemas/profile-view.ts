/** Profiles as JSON. Fields are named one by one, so that nothing new leaks. */
import { withoutSecrets } from './shown-text.ts'
import type { OciProfileConfig } from './profile.ts'

type Profile = Readonly<OciProfileConfig>

/** What every reader may see: of a value that a line with a secret has run into, what stands before that. */
export function publicView(profile: Profile): object {
  return openFields(profile, withoutSecrets)
}

/** All values whole, the five sensitive fields with them, secrets in plain text: only for those who ask for it. */
export function sensitiveView(profile: Profile): object {
  return {
    ...openFields(profile, (value) => value),
    fingerprint: profile.fingerprint,
    key_content: profile.key_content?.reveal() ?? null,
    key_file: profile.key_file,
    pass_phrase: profile.pass_phrase?.reveal() ?? null,
    security_token_file: profile.security_token_file,
  }
}

function openFields(profile: Profile, show: (value: string) => string): object {
  const shown = (value: string | null) => (value === null ? null : show(value))
  return {
    auth_profile: profile.auth_profile,
    user: shown(profile.user),
    authentication: show(profile.authentication),
    tenancy: shown(profile.tenancy),
    region: shown(profile.region),
    genai_compartment_id: shown(profile.genai_compartment_id),
    genai_region: shown(profile.genai_region),
    log_requests: profile.log_requests,
    additional_user_agent: show(profile.additional_user_agent),
    useable: profile.useable,
    namespace: profile.namespace,
    origin: profile.origin,
    check: profile.check,
  }
}
