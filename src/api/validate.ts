/** Requests against their schemas: every fault at once, each with a pointer, unknown names with the nearest real one. */
import type { FastifySchemaCompiler } from 'fastify'
import { z } from 'zod'
import { OciProfilesError, type FieldError } from '../errors.ts'
import { FOREIGN_SPELLINGS, leastFarName, nearestName } from '../schemas/index.ts'

const PROTO = '__proto__'

/** Fastify's hook for schemas: they are zod's here. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> =
  ({ schema, httpPart }) =>
  (data) => {
    if (httpPart === 'body' && !isObject(data)) return { error: notAnObject() }
    // Schemas that take any name pass over this one.
    if (httpPart === 'body' && Object.hasOwn(data, PROTO)) return { error: unknownProto() }
    const result = schema.safeParse(data)
    if (result.success) return { value: result.data }
    return { error: validationError(result.error, schema) }
  }

function unknownProto(): OciProfilesError {
  const errors = [{ pointer: `/${PROTO}`, message: 'there is no such name' }]
  return new OciProfilesError('VALIDATION_FAILED', `/${PROTO}: there is no such name`, { errors })
}

function notAnObject(): OciProfilesError {
  return new OciProfilesError('MALFORMED_JSON', 'The body is not a JSON object')
}

function validationError(error: z.ZodError, schema: z.ZodType): OciProfilesError {
  const errors = error.issues.flatMap((issue) => fieldErrors(issue, schema))
  const detail = errors.map(({ pointer, message }) => `${pointer}: ${message}`).join('; ')
  return new OciProfilesError('VALIDATION_FAILED', detail, { errors })
}

function fieldErrors(issue: z.core.$ZodIssue, schema: z.ZodType): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ pointer: pointer([key]), message: unknownName(key, schema) }))
  }
  return [{ pointer: pointer(issue.path), message: describe(issue) }]
}

/** Other tools' names for a field, and words that people try. */
const SPELLINGS = new Map<string, string>([
  ...FOREIGN_SPELLINGS,
  ['authentication_type', 'authentication'],
  ['name', 'auth_profile'],
  ['profile', 'auth_profile'],
  ['user_agent', 'additional_user_agent'],
])

function unknownName(key: string, schema: z.ZodType): string {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
  const spelling = SPELLINGS.get(key.toLowerCase().replaceAll(/[-.]/g, '_')) ?? ''
  const meant = known.includes(spelling) ? spelling : nearestName(key, known)
  if (meant !== null) return `there is no such name; did you mean "${meant}"?`
  const nearest = leastFarName(key, known)
  return nearest === null
    ? 'there is no such name'
    : `there is no such name; the nearest is "${nearest}"; known are ${known.join(', ')}`
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_union') {
    // The first branch is the real type, the others are the ways to clear a value.
    const first = issue.errors[0]?.[0]
    return first ? describe(first) : issue.message
  }
  if (issue.code === 'invalid_type') {
    return issue.message.endsWith('received undefined')
      ? 'is required'
      : `expected ${issue.expected}`
  }
  return issue.message.startsWith('Invalid') ? issue.message : `expected ${issue.message}`
}

function pointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

function isObject(data: unknown): boolean {
  return typeof data === 'object' && data !== null && !Array.isArray(data)
}
