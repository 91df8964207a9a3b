/**
 * Variables → lines of a .env file, as Node's `loadEnvFile` and the parsers of other languages read them alike. Nothing
 * is unset there: an empty variable would override, where a missing one does not.
 */
import { OciProfilesError } from '../../errors.ts'

/**
 * Bare where it can be: some readers know no quotes. `docker --env-file` is one; it reads these values right, takes the quotes
 * of all others for a part of the value, and knows no value of several lines.
 */
const BARE = /^[\w@%+:,./-]+$/

type Form = (value: string) => string | null

/** The most literal first: behind the first, some readers replace escapes or variables, or know no such quotes. */
const FORMS: readonly Form[] = [
  (value) => (BARE.test(value) ? value : null),
  quotedBy("'", /'/),
  quotedBy('"', /["\\$]/),
  quotedBy('`', /`/),
  quotedBy('"', /"|\\[nr]/),
  // With three kinds of quotes in it: bare, as long as nothing is cut off.
  (value) => (/^[^\s'"`#][^\n#]*(?<!\s)$/.test(value) ? value : null),
]

/** Throws VALUE_INVALID for what no line can hold. */
export function setInDotenv(name: string, value: string): string {
  if (value.includes('\r')) throw unwritable(name, 'a carriage return')
  for (const form of FORMS) {
    const written = form(value)
    if (written !== null) return `${name}=${written}`
  }
  throw unwritable(name, 'three kinds of quotes')
}

function quotedBy(quote: string, forbidden: RegExp): Form {
  return (value) => (forbidden.test(value) ? null : `${quote}${value}${quote}`)
}

function unwritable(name: string, what: string): OciProfilesError {
  return new OciProfilesError('VALUE_INVALID', `A .env file cannot hold ${name}: it has ${what}`, {
    fix: 'Choose another --format, or change the value.',
  })
}
