/** A key on an indented line: to a config file it belongs to the value above it. Pure. */
import {
  EDITABLE_FIELDS,
  type EditableField,
  type Finding,
  type OciProfileConfig,
} from '../schemas/index.ts'
import { Secret } from '../secret.ts'
import { reworded } from './finding.ts'

/** FIELD_MISSING with the field whose value the line has become a part of. */
export function withIndentedKey(finding: Finding, profile: OciProfileConfig): Finding {
  const { code, field } = finding
  if (code !== 'FIELD_MISSING' || field === null) return finding
  const above = EDITABLE_FIELDS.find((each) => indentedKeys(textOf(profile[each])).includes(field))
  if (above === undefined) return finding
  const message = `${finding.message}: its line below ${above} is indented, and so belongs to ${above}`
  return reworded(finding, { message, fix: removeSpace(field, above) })
}

/** Fields whose keys stand on lines of the value below its first one. */
export function indentedKeys(value: string): string[] {
  if (!value.includes('\n')) return []
  const names = value
    .slice(0, 4096)
    .split('\n')
    .slice(1)
    .map((line) => /^(\w{1,40})\s{0,20}[=:]/.exec(line)?.[1]?.toLowerCase())
  return EDITABLE_FIELDS.filter((field) => names.includes(field))
}

export function removeSpace(key: string, above: string): string {
  return `Remove the white space in front of ${key}, on a line below ${above}: an indented line belongs to the one above it.`
}

function textOf(value: OciProfileConfig[EditableField]): string {
  if (value instanceof Secret) return value.reveal()
  return typeof value === 'string' ? value : ''
}
