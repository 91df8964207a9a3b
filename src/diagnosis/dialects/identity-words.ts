/** As whom a tool signs with a section, where it is somebody else. */
import type { IdentityKind } from './difference.ts'
import type { Tool } from './tools.ts'
import type { Told, Words } from './told.ts'

export const IDENTITY_WORDS: Record<IdentityKind, Words> = {
  session_untold: {
    isHint: true,
    say: ({ s, it, is }, { section }) =>
      `take${s} ${section} for an API key unless ${it} ${is} told that it is a session`,
    mend: ({ tools }) => switches(tools),
  },
  session_with_user: {
    say: ({ s, it }, { section, keys, at }) =>
      `sign${s} with ${section} as an API key, since ${it} find${s} ${keys}${at}`,
    mend: ({ keys, lines }) => `Remove ${keys} (${lines}): a session needs none.`,
  },
  session_in_api_key: {
    say: ({ s }, { keys, at }) => `sign${s} without user, because of ${keys}${at}`,
    mend: ({ keys, section }) =>
      `Write "${keys} =" with nothing behind it in ${section}: an API key needs none.`,
  },
  type_unknown: {
    say: ({ s }, { keys, at }) => `know${s} no such ${keys}${at}`,
    mend: ({ keys, lines }) =>
      `Write authentication in place of ${keys} on ${lines}: only oci-profiles reads that.`,
  },
  principal_untold: {
    isHint: true,
    say: ({ s, it, is }, { section, about }) =>
      `look${s} for an API key in ${section} unless ${it} ${is} told of ${about}`,
    mend: ({ about }) => PRINCIPALS[about] ?? `Name ${about} where the tool is called.`,
  },
  other_principal: {
    say: ({ s }, { about, keys, at }) => `sign${s} as ${about}, because of ${keys}${at}`,
    mend: ({ keys, lines }) =>
      `Remove ${keys} (${lines}), or move it to the section that it is for.`,
  },
  delegation: {
    isHint: true,
    say: ({ s }, { keys, at }) => `sign${s} for the user of ${keys}${at}`,
    mend: () => 'Nothing to do: oci-profiles itself signs as the instance.',
  },
}

const SESSION_SWITCHES: Partial<Record<Tool, string>> = {
  python_sdk: 'OCI CLI: --auth security_token; Python SDK: SecurityTokenSigner',
  typescript_sdk: 'TypeScript SDK: SessionAuthDetailProvider',
  java_sdk: 'Java SDK: SessionTokenAuthenticationDetailsProvider',
}

/** By type: what makes tools sign as a principal. */
const PRINCIPALS: Readonly<Record<string, string>> = {
  instance_principal:
    'OCI CLI: --auth instance_principal; the SDKs for Go, TypeScript and Java read authentication_type = instance_principal.',
  resource_principal:
    'OCI CLI: --auth resource_principal; the Java SDK reads authentication_type = resource_principal.',
  oke_workload_identity:
    'OCI CLI: --auth oke_workload_identity; the SDKs have a provider for it, without the file.',
}

function switches(tools: Told['tools']): string {
  return tools
    .map((tool) => SESSION_SWITCHES[tool])
    .filter((each) => each !== undefined)
    .join('; ')
}
