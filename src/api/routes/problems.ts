/** The errors that OpenAPI lists for a route. */
import { ERRORS, type ApiCode, type ErrorCode, type FileCode } from '../../errors.ts'
import { problem } from '../../schemas/wire/index.ts'

/** What any request may meet, whichever route it is for. */
const EVERYWHERE: ApiCode[] = [
  'BAD_REQUEST',
  'UNAUTHENTICATED',
  'HOST_NOT_ALLOWED',
  'ORIGIN_NOT_ALLOWED',
  'REQUEST_TIMEOUT',
  'HEADERS_TOO_LARGE',
  'INTERNAL_ERROR',
  'SHUTTING_DOWN',
]

/** Of these, what a route without a key may be answered with. */
const IN_THE_OPEN = EVERYWHERE.filter(
  (code) => code !== 'UNAUTHENTICATED' && code !== 'SHUTTING_DOWN',
)

/** What may be wrong with query and body; a body that nobody asked for is read all the same. */
export const BODY_FAULTS = [
  'MALFORMED_JSON',
  'BODY_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'VALIDATION_FAILED',
] as const

/** Response schemas by status; several codes of one status share a line. */
export function problems(
  ...codes: (ApiCode | Extract<FileCode, 'CONFIG_FILE_UNREADABLE'>)[]
): Record<number, object> {
  return byStatus([...codes, ...EVERYWHERE])
}

/** The same of a route that needs no key, and that answers while the service stops. */
export function problemsInTheOpen(): Record<number, object> {
  return byStatus(IN_THE_OPEN)
}

function byStatus(codes: readonly ErrorCode[]): Record<number, object> {
  const titles = new Map<number, string[]>()
  for (const code of codes) {
    const { status, title } = ERRORS[code]
    titles.set(status!, [...(titles.get(status!) ?? []), `${code}: ${title}`])
  }
  return Object.fromEntries([...titles].map(([status, lines]) => [status, response(lines)]))
}

function response(lines: string[]): object {
  return {
    description: lines.join('. '),
    content: { 'application/problem+json': { schema: problem } },
  }
}
