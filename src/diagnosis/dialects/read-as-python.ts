/**
 * As the Python SDK reads a section, and with it the OCI CLI (oci/config.py): by a configparser without interpolation,
 * whose dialect is also that of this package. What it refuses, this package mends; and it takes no key from the file.
 */
import type { ParsedSections, Section } from '../../config/index.ts'
import type { Finding } from '../../schemas/index.ts'
import type { ReadValue, RefusalReason, SectionReader } from './reading.ts'

const REASONS: Readonly<Record<string, RefusalReason>> = {
  BYTE_ORDER_MARK: 'byte_order_mark',
  DUPLICATE_KEY: 'key_twice',
  DUPLICATE_SECTION: 'section_twice',
  NOT_UTF8: 'not_utf8',
  STRAY_LINE: 'bare_line',
  TEXT_BEFORE_SECTION: 'text_before_section',
}

const BOOLEANS: ReadonlySet<string> = new Set([
  ...['1', 'yes', 'true', 'on'],
  ...['0', 'no', 'false', 'off'],
])

export function readAsPython({ sections, diagnostics }: ParsedSections): SectionReader {
  const byName = new Map(sections.map((section) => [section.name, section]))
  const fault = diagnostics.find(({ severity }) => severity === 'error')
  return (name) => {
    if (fault !== undefined) {
      return { refusal: reasonOf(fault), scope: 'file', line: fault.line }
    }
    const section = byName.get(name)
    if (section === undefined) return { refusal: 'section_not_found', scope: 'section', line: null }
    const values = effectiveValues(section, byName.get('DEFAULT'))
    return refuseValues(values) ?? { refusal: null, values }
  }
}

/** A section's own values and those that it inherits. */
export function effectiveValues(
  section: Section,
  defaults: Section | undefined,
): Map<string, ReadValue> {
  const values = new Map<string, ReadValue>()
  for (const [key, entry] of defaults?.entries ?? []) {
    values.set(key, { ...entry, isInherited: !section.isDefault })
  }
  for (const [key, entry] of section.entries) values.set(key, { ...entry, isInherited: false })
  return values
}

function reasonOf({ code }: Finding): RefusalReason {
  return REASONS[code] ?? 'bare_line'
}

function refuseValues(values: ReadonlyMap<string, ReadValue>) {
  const logging = values.get('log_requests')
  if (logging !== undefined && !BOOLEANS.has(logging.value.toLowerCase())) {
    return { refusal: 'log_requests', scope: 'section', line: logging.line } as const
  }
  const key = values.get('key_content')
  if (key === undefined) return null
  return { refusal: 'key_content', scope: 'section', line: key.line } as const
}
