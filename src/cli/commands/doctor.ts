/** `doctor`: everything known about profiles. */
import { diagnose, type Diagnosis } from '../../diagnosis/index.ts'
import type { ProfileRecord, ProfileRegistry } from '../../registry/index.ts'
import { answerEach } from '../answer-each.ts'
import { arrivals, patienceFor } from '../arrivals.ts'
import { startChecks, type RunningChecks } from '../check-profiles.ts'
import type { Answer, Request } from '../command.ts'
import { findProfiles, missingNotes, namesOf, readConfigProfiles } from '../config-profiles.ts'
import { EXIT } from '../exit-codes.ts'
import { startProgress } from '../progress.ts'
import { renderDiagnosis, renderJson } from '../render/index.ts'

export async function doctor(request: Request): Promise<Answer> {
  const { flags, io } = request
  const { registry, notes, isRefused } = await readConfigProfiles(request)
  const names = namesOf(request)
  const { records, missing } = findProfiles(registry, names)
  const render = flags.output === 'json' ? renderTogether() : renderEach(request)
  // A fault that lies in no section is nobody's finding, and an error of the file all the same.
  let allGood = missing.length === 0 && !(flags.offline && isRefused && names.length === 0)
  const look = (diagnosis: Diagnosis) => {
    allGood &&= isGood(diagnosis, flags.offline)
    return render.one(diagnosis)
  }
  const conclude = (): Answer => {
    return { output: render.end(), exitCode: allGood ? EXIT.done : EXIT.failed }
  }
  const next = () => {
    const checks = flags.offline
      ? withoutCall(records, request)
      : startChecks(registry, records, io)
    const diagnoses = diagnoseEach(checks, registry, request)
    return answerEach(diagnoses, checks.progress, look, conclude)
  }
  return { notes: [...notes, ...missingNotes(missing)], next }
}

interface Rendering {
  one: (diagnosis: Diagnosis) => string
  end: () => string
}

/** One after the other, with an empty line between. */
function renderEach({ style }: Request): Rendering {
  let gap = ''
  return {
    one(diagnosis) {
      const text = gap + renderDiagnosis(diagnosis, style)
      gap = '\n'
      return text
    },
    end: () => '',
  }
}

/** One document. */
function renderTogether(): Rendering {
  const diagnoses: Diagnosis[] = []
  return {
    one(diagnosis) {
      diagnoses.push(diagnosis)
      return ''
    },
    end: () => renderJson(diagnoses),
  }
}

/** Nobody is called; progress counts the diagnoses. */
function withoutCall(records: readonly ProfileRecord[], { io }: Request): RunningChecks {
  const names = records.map(({ profile }) => profile.auth_profile)
  return {
    results: records.map((record) => Promise.resolve(record)),
    progress: startProgress(io, names),
  }
}

/** One after the other: each reads a few small files. */
async function* diagnoseEach(
  { results, progress }: RunningChecks,
  registry: ProfileRegistry,
  { io, flags }: Request,
): AsyncGenerator<Diagnosis, void, void> {
  const order = flags.output === 'json' ? null : patienceFor(io)
  for await (const batch of arrivals(results, order)) {
    for (const record of batch) {
      // The profile itself is among the others; the diagnosis leaves it out.
      yield await diagnose(record, { env: io.env, others: registry.records() })
      progress.step(record.profile.auth_profile)
    }
  }
}

/** Without a check, no fault is as good as it gets. */
function isGood({ useable, findings }: Diagnosis, offline = false): boolean {
  return offline ? findings.every(({ severity }) => severity !== 'error') : useable
}
