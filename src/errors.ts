/** One table: code → HTTP status, title, fix. docs/errors.md lists exactly these; a test holds the two together. */

export interface ErrorEntry {
  /** HTTP status when the code is the answer to a request; `null` for codes that only occur inside a result. */
  status: number | null
  /** What it means, in a few words. */
  title: string
  /** What to do when nothing more exact is known. */
  fix: string
}

const CHECK_CODES = {
  // shape
  AUTHENTICATION_UNKNOWN: entry(
    'Unknown authentication type',
    'Set authentication to one of api_key, instance_principal, oke_workload_identity, security_token, resource_principal.',
  ),
  FIELD_MISSING: entry(
    'A field that this authentication type needs is missing',
    'Add the field to the profile.',
  ),
  OCID_INVALID: entry('Not an OCID of the right kind', 'Copy the OCID again from the OCI Console.'),
  FINGERPRINT_INVALID: entry(
    'Not a fingerprint',
    'Write the fingerprint as 16 pairs of hex digits with colons, as the OCI Console shows it.',
  ),
  REGION_INVALID: entry(
    'Not a region name',
    'Write a region identifier such as eu-frankfurt-1: lower-case letters, digits and hyphens.',
  ),
  REALM_UNKNOWN: entry(
    'The realm of the region is not known',
    'Correct the region, or add it to ~/.oci/regions-config.json or OCI_REGION_METADATA.',
  ),
  // key
  KEY_FILE_NOT_FOUND: entry(
    'The key file does not exist',
    'Correct key_file, or put the key there.',
  ),
  KEY_FILE_UNREADABLE: entry(
    'The key file cannot be read',
    'Name an ordinary file that this user may read.',
  ),
  KEY_INVALID: entry('Not a private key in PEM', 'Export the private key again as PEM.'),
  KEY_IS_PUBLIC: entry(
    'The key is the public half',
    'Name the private key: often the same name without "_public".',
  ),
  KEY_NOT_RSA: entry(
    'The key is not an RSA key',
    'OCI signs with RSA: make an RSA key of 2048 bits or more and upload its public half.',
  ),
  KEY_TOO_SHORT: entry(
    'The RSA key is too short',
    'Make an RSA key of 2048 bits or more and upload its public half.',
  ),
  PASS_PHRASE_MISSING: entry(
    'The key is encrypted and there is no pass phrase',
    'Add pass_phrase to the profile.',
  ),
  PASS_PHRASE_WRONG: entry('The pass phrase does not open the key', 'Correct pass_phrase.'),
  FINGERPRINT_MISMATCH: entry(
    'The fingerprint belongs to another key',
    'Correct the fingerprint, or name the key that it belongs to.',
  ),
  // token
  TOKEN_FILE_NOT_FOUND: entry(
    'The session token file does not exist',
    'Sign in again: oci session authenticate.',
  ),
  TOKEN_FILE_UNREADABLE: entry(
    'The session token file cannot be read',
    'Name an ordinary file that this user may read.',
  ),
  TOKEN_INVALID: entry('Not a session token', 'Sign in again: oci session authenticate.'),
  TOKEN_EXPIRED: entry('The session token has expired', 'Sign in again: oci session authenticate.'),
  TOKEN_KEY_MISMATCH: entry(
    'The session token was issued for another key',
    'Sign in again: oci session authenticate writes token and key as a pair.',
  ),
  // place
  NOT_ON_OCI: entry(
    'Not on an OCI instance',
    'Use this profile on a compute instance, or choose another authentication type here.',
  ),
  NOT_ON_OKE: entry(
    'Not in an OKE pod',
    'Use this profile in a pod of an enhanced OKE cluster, or choose another authentication type here.',
  ),
  RESOURCE_PRINCIPAL_UNAVAILABLE: entry(
    'No resource principal here',
    'Use this profile inside an OCI resource that has a principal (Functions, Data Science, ...).',
  ),
  // network
  DNS_FAILED: entry(
    'The host name could not be resolved',
    'Check the region, the network and the DNS server.',
  ),
  CONNECTION_REFUSED: entry(
    'The connection was refused',
    'Check that the address is right and that a firewall or proxy does not refuse it.',
  ),
  CONNECT_TIMEOUT: entry(
    'No connection in time',
    'Check the network, the firewall and the proxy settings.',
  ),
  READ_TIMEOUT: entry(
    'No answer in time',
    'Try again; if it stays so, check the proxy and the state of the service.',
  ),
  TLS_UNTRUSTED: entry(
    'The certificate of the host is not trusted',
    'If a proxy inspects TLS here, name its CA in OCI_CLI_CERT_BUNDLE.',
  ),
  CONNECTION_LOST: entry(
    'The connection broke off',
    'Try again; if it stays so, check the network and the proxy.',
  ),
  // service
  CLOCK_SKEW: entry(
    'The clock of this machine is wrong',
    'Set the clock: enable time synchronisation (NTP).',
  ),
  NOT_AUTHENTICATED: entry(
    'OCI does not accept the identity',
    'Check in the OCI Console that the user has this API key and that user and tenancy belong together.',
  ),
  NOT_AUTHORIZED: entry(
    'The identity may not do this, or it is not there',
    'Ask an administrator for a policy that allows it.',
  ),
  RATE_LIMITED: entry('OCI answers too many requests', 'Wait a minute and check again.'),
  SERVICE_ERROR: entry(
    'OCI failed',
    'Try again later; give the opc_request_id to support if it stays so.',
  ),
  UNEXPECTED_RESPONSE: entry(
    'The answer is not one of OCI',
    'Check that no proxy or captive portal answers in place of OCI.',
  ),
  CHECK_CANCELLED: entry('The check was cancelled', 'Check again.'),
  CHECK_FAILED: entry('The check itself failed', 'Run with --debug and report what it prints.'),
} satisfies Record<string, ErrorEntry>

/** What only the refresh of a session meets. */
const SESSION_CODES = {
  TOKEN_FILE_NOT_WRITTEN: entry(
    'The new session token could not be written',
    'Let this user write the file of the token and its folder.',
  ),
  NOT_A_SESSION: entry(
    'The profile has no session to refresh',
    'Nothing to do: API keys do not end, and tokens of principals are renewed by themselves.',
  ),
} satisfies Record<string, ErrorEntry>

const FILE_CODES = {
  CONFIG_FILE_NOT_FOUND: entry(
    'There is no config file',
    'Make one with "oci setup config", or name it with --config-file.',
  ),
  CONFIG_FILE_UNREADABLE: entry(
    'The config file cannot be read',
    'Give this user the right to read the file.',
    503,
  ),
  LAST_GOOD_KEPT: entry(
    'The profile is as it was before a fault in the file',
    'Correct the line that the message names; the file is read again at once.',
  ),
  STRAY_LINE: entry(
    'A line that is neither section, key nor comment',
    'Write it as key=value, or put # in front of it.',
  ),
  TEXT_BEFORE_SECTION: entry(
    'Text before the first section',
    'Put a section header such as [DEFAULT] above it.',
  ),
  DUPLICATE_SECTION: entry('A section occurs twice', 'Keep one of the sections, or rename one.'),
  DUPLICATE_KEY: entry('A key occurs twice in a section', 'Keep one of the lines.'),
  BYTE_ORDER_MARK: entry(
    'The file starts with a byte order mark',
    'Save the file as UTF-8 without BOM.',
  ),
  NOT_UTF8: entry('Bytes that are not UTF-8', 'Save the file as UTF-8.'),
  NAME_COLLISION: entry('Names alike but for case', 'Rename one of the sections.'),
  UNKNOWN_KEY: entry('A key that no profile has', 'Correct the spelling, or remove the line.'),
  KEY_OF_OTHER_TOOL: entry(
    'A key that only other tools read',
    'Nothing to do: the line stays with the tool that it is for.',
  ),
  VALUE_INVALID: entry('A value that cannot be read', 'Correct the value.'),
  KEY_CONTENT_IGNORED: entry('key_content is ignored beside key_file', 'Keep one of the two.'),
  MIXED_IDENTITY: entry(
    'Identity put together from several sources',
    'Keep user, tenancy, fingerprint and key in one place.',
  ),
  KEY_FILE_PERMISSIONS: entry('Others can read the key file', 'Run chmod 600 on the file.'),
  KEY_FILE_RELATIVE: entry(
    'A path that depends on the working directory',
    'Write an absolute path, or one that starts with ~.',
  ),
  REGION_UNKNOWN: entry('A region that the SDK does not know', 'Check the spelling of the region.'),
  TOKEN_EXPIRES_SOON: entry('The session token expires soon', 'Run oci session refresh.'),
  DIALECT: entry(
    'Other tools read this section otherwise',
    'Write the section as the message says.',
  ),
} satisfies Record<string, ErrorEntry>

const API_CODES = {
  MALFORMED_JSON: entry('The body is not JSON', 'Send one JSON object in UTF-8.', 400),
  BAD_REQUEST: entry(
    'The request cannot be understood',
    'Correct the request as the detail says.',
    400,
  ),
  UNAUTHENTICATED: entry(
    'API key missing or wrong',
    'Send the API key in X-API-Key or as Authorization: Bearer; it was printed at the start of the service.',
    401,
  ),
  HOST_NOT_ALLOWED: entry(
    'Host header not allowed',
    'Call the service by an allowed name, or add the name to allowed_hosts.',
    403,
  ),
  ORIGIN_NOT_ALLOWED: entry(
    'Origin not allowed',
    'Call the service from its own pages, or without a browser.',
    403,
  ),
  PROFILE_NOT_FOUND: entry(
    'No such profile',
    'Run "oci-profiles list", or GET the list, to see the known names.',
    404,
  ),
  ROUTE_NOT_FOUND: entry('No such route', 'See /v1/openapi.json for the routes.', 404),
  METHOD_NOT_ALLOWED: entry(
    'Method not allowed here',
    'Use one of the methods in the Allow header.',
    405,
  ),
  PROFILE_EXISTS: entry(
    'The name is taken',
    'Choose another name, or PUT to change the profile.',
    409,
  ),
  SETTING_FIXED: entry(
    'The setting is fixed elsewhere',
    'Change it where it is set, or remove it there.',
    409,
  ),
  PRECONDITION_FAILED: entry(
    'Somebody else changed it first',
    'Read it again and repeat the change with the new ETag.',
    412,
  ),
  BODY_TOO_LARGE: entry('The body is too large', 'Send at most 1 MiB.', 413),
  REQUEST_TIMEOUT: entry('The request came too slowly', 'Send the whole request within 30 s.', 408),
  UNSUPPORTED_MEDIA_TYPE: entry(
    'Media type not supported',
    'Send Content-Type: application/json.',
    415,
  ),
  VALIDATION_FAILED: entry(
    'Some values are not valid',
    'Correct the fields listed in errors.',
    422,
  ),
  PROFILE_NOT_USEABLE: entry(
    'The profile does not work',
    'Correct the profile as the check says, or add ?keep_unusable=true to create it all the same.',
    422,
  ),
  HEADERS_TOO_LARGE: entry('The headers are too large', 'Send fewer or shorter headers.', 431),
  INTERNAL_ERROR: entry(
    'Internal error',
    'Report it with the request id; the log of the service holds the cause.',
    500,
  ),
  TOO_MANY_STREAMS: entry(
    'Too many clients listen to events',
    'Close some of them, or read the lists from time to time instead.',
    503,
  ),
  SHUTTING_DOWN: entry('The service is stopping', 'Try again when it is back.', 503),
  SETTINGS_NOT_SAVED: entry(
    'The settings could not be saved',
    'See /v1/health/ready for the state of the database; nothing was changed.',
    503,
  ),
} satisfies Record<string, ErrorEntry>

const START_CODES = {
  SETTING_INVALID: entry('A setting is not valid', 'Correct the setting where the message says.'),
  ENV_FILE_INVALID: entry(
    '.env cannot be read',
    'Save the file as UTF-8, give this user the right to read it, or remove it.',
  ),
  CONFIGURATION_FILE_INVALID: entry(
    'configuration.json cannot be used',
    'Correct the file; it is never half applied.',
  ),
  OCI_PROFILE_CONFIGS_IGNORED: entry(
    'Profiles in configuration.json are ignored',
    'Remove oci_profile_configs: profiles come from the OCI config file.',
  ),
  API_KEY_REQUIRED: entry(
    'Beyond loopback an API key must be set',
    'Set OCI_PROFILES_API_KEY, or bind to 127.0.0.1.',
  ),
  PORT_IN_USE: entry(
    'The port is taken',
    'Choose another port with --port, or 0 for any free one.',
  ),
  ADDRESS_UNAVAILABLE: entry(
    'The address cannot be bound',
    'Choose an address of this machine with --host.',
  ),
  DATABASE_UNAVAILABLE: entry(
    'The CORE database cannot be used now',
    'Correct database_url or the rights on its folder, or start the server; the service runs without persistence until then.',
  ),
  DATABASE_DENIED: entry(
    'The CORE database does not let this service in',
    'Correct user and password in database_url, or grant the rights on the server.',
  ),
  DATABASE_TLS_FAILED: entry(
    'No secure connection to the CORE database',
    'Correct sslmode and sslrootcert in database_url, or the certificate of the server.',
  ),
  DATABASE_READ_ONLY: entry(
    'The CORE database takes no writes',
    'Give this user the right to write there, or name a database that takes writes.',
  ),
  DATABASE_TOO_NEW: entry(
    'The CORE database was written by a newer version',
    'Upgrade oci-profiles, or name another database.',
  ),
  DATABASE_INVALID: entry(
    'Not a CORE database',
    'Name another database in database_url, or move this one away; it was not changed.',
  ),
  USAGE: entry('Wrong usage', 'Run "oci-profiles --help".'),
  COMMAND_NOT_FOUND: entry('The command to run is not there', 'Correct its name, or install it.'),
  COMMAND_NOT_EXECUTABLE: entry(
    'The command to run cannot be run',
    'Name a program that this user may execute.',
  ),
} satisfies Record<string, ErrorEntry>

export const ERRORS = {
  ...CHECK_CODES,
  ...SESSION_CODES,
  ...FILE_CODES,
  ...API_CODES,
  ...START_CODES,
}

export type ErrorCode = keyof typeof ERRORS
export type CheckCode = keyof typeof CHECK_CODES
export type FileCode = keyof typeof FILE_CODES
export type ApiCode = keyof typeof API_CODES
export type StartCode = keyof typeof START_CODES

/** One of several faults of a request; `pointer` is a JSON pointer into the body, or the name of a query parameter. */
export interface FieldError {
  pointer: string
  message: string
}

export interface OciProfilesErrorOptions {
  /** More exact than the table's fix. */
  fix?: string
  /** Wire name of the profile field or setting concerned. */
  field?: string
  /** All faults, where there may be several. */
  errors?: FieldError[]
  cause?: unknown
}

/** Every error that this package throws on purpose. `message` states the fact, `fix` the remedy; neither holds a secret. */
export class OciProfilesError extends Error {
  readonly code: ErrorCode
  readonly fix: string
  readonly field: string | null
  readonly errors: readonly FieldError[]

  constructor(code: ErrorCode, message: string, options: OciProfilesErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'OciProfilesError'
    this.code = code
    this.fix = options.fix ?? ERRORS[code].fix
    this.field = options.field ?? null
    this.errors = options.errors ?? []
  }

  get status(): number {
    return ERRORS[this.code].status ?? 422
  }

  get title(): string {
    return ERRORS[this.code].title
  }
}

function entry(title: string, fix: string, status: number | null = null): ErrorEntry {
  return { status, title, fix }
}
