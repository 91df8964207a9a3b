/** Past checks on the wire. */
import { z } from 'zod'

const pastCheck = z
  .object({
    status: z.enum(['ok', 'failed']),
    code: z.string().nullable(),
    checked_at: z.string().meta({ format: 'date-time' }),
    duration_ms: z.number(),
  })
  .meta({ id: 'PastCheck', description: 'A check of the past, without its message.' })

const tokenExpiresAt = z.string().nullable().meta({
  format: 'date-time',
  description: 'When the session ends, or has ended, as the last check saw it.',
})

export const checksAnswer = z
  .object({
    auth_profile: z.string(),
    token_expires_at: tokenExpiresAt,
    checks: z.array(pastCheck).meta({ description: 'The last 20 at most, the latest last.' }),
  })
  .meta({ id: 'Checks', description: 'How a profile has been doing.' })

export const profileChecksAnswer = z
  .object({
    auth_profile: z.string(),
    token_expires_at: tokenExpiresAt,
    checks: z
      .array(
        pastCheck
          .extend({ message: z.string().nullable() })
          .meta({ id: 'PastCheckWithMessage', description: 'A check of the past.' }),
      )
      .meta({ description: 'The last 20 at most, the latest last.' }),
  })
  .meta({ id: 'ProfileChecks', description: 'How a profile has been doing, with messages.' })
