/** `doctor`: everything known about profiles. */
import { diagnose, type Diagnosis } from '../../diagnosis/index.ts'
import type { ProfileRecord, ProfileRegistry } from '../../registry/index.ts'
import { checkProfiles } from '../check-profiles.ts'
import type { Answer, Request } from '../command.ts'
import { findProfiles, missingNotes, namesOf, readConfigProfiles } from '../config-profiles.ts'
import { EXIT } from '../exit-codes.ts'
import { renderDiagnosis, renderJson } from '../render/index.ts'

export async function doctor(request: Request): Promise<Answer> {
  const { flags, io, style } = request
  const { registry, notes } = await readConfigProfiles(request)
  const { records, missing } = findProfiles(registry, namesOf(request))
  const known = flags.offline ? records : await checkProfiles(registry, records, io)
  const diagnoses = await diagnoseAll(known, registry, request)
  const allGood = missing.length === 0 && diagnoses.every((each) => isGood(each, flags.offline))
  return {
    notes: [...notes, ...missingNotes(missing)],
    output:
      flags.output === 'json'
        ? renderJson(diagnoses)
        : diagnoses.map((each) => renderDiagnosis(each, style)).join('\n'),
    exitCode: allGood ? EXIT.done : EXIT.failed,
  }
}

/** One after the other: each reads a few small files. */
async function diagnoseAll(
  records: readonly ProfileRecord[],
  registry: ProfileRegistry,
  { io }: Request,
): Promise<Diagnosis[]> {
  // The profile itself is among them; the diagnosis leaves it out.
  const others = registry.records()
  const diagnoses: Diagnosis[] = []
  for (const record of records) {
    diagnoses.push(await diagnose(record, { env: io.env, others }))
  }
  return diagnoses
}

/** Without a check, no fault is as good as it gets. */
function isGood({ useable, findings }: Diagnosis, offline = false): boolean {
  return offline ? findings.every(({ severity }) => severity !== 'error') : useable
}
