/** Health and settings on the wire. */
import { z } from 'zod'

export const live = z.object({ status: z.literal('live') }).meta({ id: 'Live' })

export const ready = z
  .object({
    status: z.enum(['starting', 'ready', 'degraded', 'stopping']),
    steps: z.array(
      z.object({
        number: z.int(),
        name: z.string(),
        state: z.enum(['waiting', 'running', 'done', 'failed']),
        duration_ms: z.number().nullable(),
        detail: z.string().nullable(),
      }),
    ),
    database: z.object({
      state: z.enum(['open', 'unavailable', 'closed']),
      kind: z.string(),
      code: z.string().nullable(),
      message: z.string().nullable(),
      fix: z.string().nullable(),
      since: z.string().nullable(),
    }),
    config_file: z.object({
      state: z.enum(['read', 'absent', 'faulty', 'missing', 'unreadable']),
      since: z.string().meta({ format: 'date-time' }),
      code: z.string().nullable(),
      line: z.int().nullable(),
      message: z.string().nullable(),
      fix: z.string().nullable(),
      kept: z.int().meta({ description: 'Profiles that stay as they were because of it.' }),
    }),
    profiles: z.object({
      total: z.int(),
      useable: z.int(),
      failed: z.int(),
      pending: z.int(),
    }),
  })
  .meta({ id: 'Ready', description: 'Each start-up step and the CORE database with its state.' })

const settingAnswer = z
  .object({
    value: z.unknown(),
    source: z.enum(['flag', 'environment', 'configuration.json', 'database', 'default']),
    detail: z.string().nullable().meta({ description: 'Name of the variable, path of the file.' }),
    default: z.unknown(),
    expected: z.string(),
    run_time: z.boolean().meta({ description: 'Whether PUT /v1/settings may change it.' }),
    help: z.string(),
  })
  .meta({ id: 'Setting' })

export const settingsAnswer = z
  .record(z.string(), settingAnswer)
  .meta({ id: 'Settings', description: 'Every setting by name.' })

export const settingsChange = z
  .record(z.string(), z.unknown())
  .meta({ id: 'SettingsChange', description: 'New values by name; null returns to the default.' })
