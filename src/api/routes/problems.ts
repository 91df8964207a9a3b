/** The errors that OpenAPI lists for a route. */
import { ERRORS, type ApiCode } from '../../errors.ts'
import { problem } from '../../schemas/wire/index.ts'

const EVERYWHERE: ApiCode[] = ['UNAUTHENTICATED', 'HOST_NOT_ALLOWED', 'INTERNAL_ERROR']

/** Response schemas by status; several codes of one status share a line. */
export function problems(...codes: ApiCode[]): Record<number, object> {
  const titles = new Map<number, string[]>()
  for (const code of [...codes, ...EVERYWHERE]) {
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
