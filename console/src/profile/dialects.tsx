/** How other tools read the same section of the config file. */
import { StateMark } from '../parts/index.ts'
import type { Diagnosis, Dialect } from '../service/index.ts'
import type { State } from '../store/index.ts'

const TOOLS: Record<string, string> = {
  go_sdk: 'Go SDK',
  typescript_sdk: 'TypeScript SDK',
  java_sdk: 'Java SDK',
  python_sdk: 'Python SDK, OCI CLI',
  oci_cli_session: 'oci session commands',
}

const READS: Record<Dialect['reads'], [mark: State, word: string]> = {
  alike: ['works', 'reads it the same'],
  differs: ['unchecked', 'differs'],
  refuses: ['fails', 'refuses'],
}

export function Dialects({ diagnosis }: { diagnosis: Diagnosis | null }) {
  const dialects = diagnosis?.dialects ?? []
  if (dialects.length === 0) return null
  return (
    <section class="card" aria-labelledby="dialects">
      <div class="card-head">
        <h2 id="dialects">How other tools read it</h2>
      </div>
      <ul class="history">
        {dialects.map(({ tool, reads, differences }) => {
          const [mark, word] = READS[reads]
          return (
            <li key={tool}>
              <StateMark state={mark} />
              <div>
                <span class="history-line">
                  <span>{TOOLS[tool] ?? tool}</span>
                  <span class="muted">{word}</span>
                </span>
                {differences.map(({ field, line, message }) => (
                  <span key={`${field} ${line} ${message}`} class="detail">
                    {line !== null && `line ${line}: `}
                    {message}
                  </span>
                ))}
              </div>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
