/** Errors on the wire: RFC 9457 with the members of this API. */
import { z } from 'zod'
import { ERRORS } from '../../errors.ts'
import { checkResult } from './profile.ts'

/** No enumeration: a client that was made from the schema must not refuse the codes of a later version. */
const CODES = Object.entries(ERRORS)
  .filter(([, { status }]) => status !== null)
  .map(([code]) => code)
  .join(', ')

export const problem = z
  .object({
    type: z.string().meta({ description: 'Page that explains the code.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: `Stable code, explained at type: ${CODES}.` }),
    fix: z.string().optional().meta({ description: 'What to do about it.' }),
    errors: z
      .array(z.object({ pointer: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'What is wrong where; pointer is a JSON pointer into the body.' }),
    opc_request_id: z.string().optional(),
    request_id: z.string().optional(),
    saved: z.boolean().optional().meta({ description: 'Whether an update was kept.' }),
    check: checkResult.optional(),
  })
  .meta({ id: 'Problem', description: 'Error (RFC 9457).' })
