/** Findings get the line of the field that they concern, and their order. Pure. */
import type { EditableField, Finding, Provenance, Severity } from '../schemas/index.ts'

const RANK: Record<Severity, number> = { error: 0, warning: 1, info: 2 }

/** The same findings with the lines that the provenance knows, each once, the worst first. */
export function located(findings: readonly Finding[], provenance: Provenance): Finding[] {
  const lines = findings.map((finding) => withLine(finding, provenance))
  const unique = new Map(lines.map((finding) => [JSON.stringify(finding), finding]))
  return [...unique.values()].toSorted((a, b) => RANK[a.severity] - RANK[b.severity])
}

function withLine(finding: Finding, provenance: Provenance): Finding {
  if (finding.line !== null || finding.field === null) return finding
  return { ...finding, line: provenance[finding.field as EditableField]?.line ?? null }
}
