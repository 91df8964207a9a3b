/** What was changed over the API is lost with this run of the service: the lines that keep it. */
import { HIDDEN, LastingLines } from '../parts/index.ts'
import { isSensitive, type Diagnosis, type ProfilePatch } from '../service/index.ts'
import { typedBefore, type Row } from '../store/index.ts'
import type { Revealed } from './use-revealed.ts'

interface Props {
  row: Row
  diagnosis: Diagnosis | null
  revealed: Revealed
}

export function Lasting({ row, diagnosis, revealed }: Props) {
  if (diagnosis?.origin.kind !== 'file') return null
  const known: ProfilePatch = { ...typedBefore(row.name), ...revealed.values.value }
  const changes: ProfilePatch = {}
  for (const [name, { source, value }] of Object.entries(diagnosis.fields)) {
    const field = name as keyof ProfilePatch
    const isHidden = value !== null && isSensitive(field)
    if (source === 'api') changes[field] = isHidden ? (known[field] ?? HIDDEN) : value
  }
  return <LastingLines name={row.name} file={diagnosis.origin.file} changes={changes} />
}
