/**
 * As the session commands of the OCI CLI read a section (oci_cli/cli_session.py): `validate` and `refresh` as all of the
 * CLI does. `authenticate` and `terminate` write the whole file anew, by a configparser for which DEFAULT is a section
 * like any other. `export` copies the section, by one that interpolates.
 */
import type { ParsedSections } from '../../config/index.ts'
import { interpolate } from './interpolate.ts'
import { readAsPython } from './read-as-python.ts'
import type { Reading, ReadValue } from './reading.ts'

export interface SessionReading {
  /** What `validate` and `refresh` have. */
  reading: Reading
  /** Line of the first repeated header of DEFAULT, at which `authenticate` and `terminate` stop. */
  stopsAt: number | null
  /** Keys at whose values `export` stops. */
  stopsIn: string[]
  /** Keys whose values `export` writes otherwise than they are. */
  changes: string[]
}

export function readAsSessionCommands(parsed: ParsedSections): (section: string) => SessionReading {
  const readPlainly = readAsPython(parsed)
  const defaults = parsed.sections.find(({ isDefault }) => isDefault)
  const stopsAt = defaults?.repeatedOn[0] ?? null
  return (section) => {
    const reading = readPlainly(section)
    if (reading.refusal !== null) return { reading, stopsAt, stopsIn: [], changes: [] }
    return { reading, stopsAt, ...exported(reading.values) }
  }
}

function exported(
  values: ReadonlyMap<string, ReadValue>,
): Pick<SessionReading, 'stopsIn' | 'changes'> {
  const texts = new Map([...values].map(([key, { value }]) => [key, value]))
  const keys = [...texts.keys()].filter((key) => texts.get(key)!.includes('%'))
  const results = keys.map((key) => ({ key, value: interpolate(key, texts) }))
  return {
    stopsIn: results.filter(({ value }) => value === null).map(({ key }) => key),
    changes: results
      .filter(({ key, value }) => value !== null && value !== texts.get(key))
      .map(({ key }) => key),
  }
}
