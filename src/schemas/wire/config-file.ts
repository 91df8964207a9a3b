/** The config file on the wire: what reading it again brought, and text that is read as though it were one. */
import { z } from 'zod'
import { EDITABLE_FIELDS } from '../profile.ts'
import { finding } from './diagnosis.ts'
import { profileAnswer } from './profile.ts'

const names = (description: string) => z.array(z.string()).meta({ description })

export const reloadAnswer = z
  .object({
    file: z.string(),
    exists: z.boolean(),
    added: names('Profiles that are new.'),
    changed: names('Profiles that have other values now.'),
    removed: names('Profiles that are gone.'),
    kept: names('Profiles that stay as they were, because the file is at fault or gone.'),
    diagnostics: z.array(finding).meta({ description: 'Faults of the file.' }),
  })
  .meta({ id: 'ConfigReading', description: 'What reading the config file again brought.' })

export const parseRequest = z
  .strictObject({
    text: z.string().meta({ description: 'Sections of a config file, or a private key in PEM.' }),
  })
  .meta({ id: 'ParseRequest', description: 'Text to be read; it is neither stored nor logged.' })

const known = Object.fromEntries(EDITABLE_FIELDS.map((field) => [field, true])) as Record<
  (typeof EDITABLE_FIELDS)[number],
  true
>

const parsedProfile = profileAnswer
  .pick({ auth_profile: true, ...known })
  .required()
  .meta({
    id: 'ParsedProfile',
    description: 'A profile as the text says, to be created with POST.',
  })

export const parseAnswer = z
  .object({
    kind: z.enum(['sections', 'private_key']).meta({
      description: 'What the text is: sections of a config file, or a private key alone.',
    }),
    profiles: z.array(parsedProfile),
    key_content: z.string().nullable().meta({ description: 'The key, where the text is one.' }),
    diagnostics: z.array(finding),
  })
  .meta({ id: 'ParseAnswer', description: 'What the text says. Sensitive: it is what was sent.' })
