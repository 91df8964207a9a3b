/** Diagnosis on the wire. */
import { z } from 'zod'
import { checkResult, profileOrigin } from './profile.ts'

const finding = z
  .object({
    code: z.string(),
    severity: z.enum(['error', 'warning', 'info']),
    field: z.string().nullable(),
    line: z.int().nullable(),
    message: z.string(),
    fix: z.string(),
  })
  .meta({ id: 'Finding', description: 'A fault, a doubt or a hint, with the way to mend it.' })

const diagnosedField = z
  .object({
    value: z.union([z.string(), z.boolean()]).nullable(),
    source: z.enum(['section', 'DEFAULT', 'environment', 'api', 'inferred', 'default']),
    file: z.string().nullable(),
    line: z.int().nullable(),
    variable: z.string().optional(),
  })
  .meta({
    id: 'DiagnosedField',
    description: 'A value (masked when sensitive) and where it came from.',
  })

export const diagnosisAnswer = z
  .object({
    auth_profile: z.string(),
    useable: z.boolean(),
    origin: profileOrigin,
    check: checkResult.nullable(),
    fields: z.record(z.string(), diagnosedField),
    findings: z.array(finding),
  })
  .meta({ id: 'Diagnosis', description: 'Everything known about one profile.' })
