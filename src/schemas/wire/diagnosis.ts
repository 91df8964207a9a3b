/** Diagnosis on the wire. */
import { z } from 'zod'
import { checkResult, profileOrigin } from './profile.ts'

export const finding = z
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

const dialect = z
  .object({
    tool: z.enum(['go_sdk', 'typescript_sdk', 'java_sdk', 'python_sdk', 'oci_cli_session']).meta({
      description: 'python_sdk stands for the OCI CLI, too, which reads the file by way of it.',
    }),
    reads: z.enum(['alike', 'differs', 'refuses']),
    differences: z.array(
      z.object({ field: z.string().nullable(), line: z.int().nullable(), message: z.string() }),
    ),
  })
  .meta({
    id: 'Dialect',
    description: 'How another tool reads the section that the profile comes from.',
  })

export const diagnosisAnswer = z
  .object({
    auth_profile: z.string(),
    useable: z.boolean(),
    origin: profileOrigin,
    check: checkResult.nullable(),
    fields: z.record(z.string(), diagnosedField),
    findings: z.array(finding),
    dialects: z.array(dialect).meta({
      description:
        'One for each tool, in the same order always. Empty for a profile that is not from a file, or no longer as its file has it.',
    }),
  })
  .meta({ id: 'Diagnosis', description: 'Everything known about one profile.' })
