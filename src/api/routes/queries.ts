/** Query parameters. Unknown ones are refused: a misspelt dry_run must not store anything. */
import { z } from 'zod'

const flag = z
  .enum(['true', 'false'], 'true or false')
  .transform((value) => value === 'true')
  .optional()

const includeSensitive = flag.meta({
  description: 'Adds the five sensitive fields; the read is written to the audit log.',
})

export const listQuery = z.strictObject({
  include_sensitive: includeSensitive,
  useable: flag.meta({ description: 'Only profiles that work, or only those that do not.' }),
})

export const readQuery = z.strictObject({ include_sensitive: includeSensitive })

export const createQuery = z.strictObject({
  keep_unusable: flag.meta({ description: 'Creates the profile although its check fails.' }),
})

export const updateQuery = z.strictObject({
  dry_run: flag.meta({ description: 'Checks the new values and stores nothing.' }),
})

export const reloadQuery = z.strictObject({
  wait: flag.meta({ description: 'Answers when what was added or changed has been checked.' }),
})

export const noQuery = z.strictObject({})

export const nameParams = z.object({
  auth_profile: z
    .string()
    .meta({ description: 'Name of the profile, percent-encoded, in any case.' }),
})
