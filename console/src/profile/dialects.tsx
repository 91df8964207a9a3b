/** How other tools read the same section of the config file. */
import { Card, StateMark, wordsOf } from '../parts/index.ts'
import type { Diagnosis, Dialect } from '../service/index.ts'
import type { State } from '../store/index.ts'

const MARKS: Record<Dialect['reads'], State> = {
  alike: 'works',
  differs: 'unchecked',
  refuses: 'fails',
}

export function Dialects({ diagnosis }: { diagnosis: Diagnosis | null }) {
  const dialects = diagnosis?.dialects ?? []
  if (dialects.length === 0) return null
  return (
    <Card id="dialects">
      <ul class="history">
        {dialects.map(({ tool, reads, differences }) => (
          <li key={tool}>
            <StateMark state={MARKS[reads]} />
            <div>
              <span class="history-line">
                <span>{wordsOf(`tool-${tool}`) || tool}</span>
                <span class="muted">{wordsOf(reads)}</span>
              </span>
              {differences.map(({ field, line, message }) => (
                <span key={`${field} ${line} ${message}`} class="detail">
                  {line !== null && `line ${line}: `}
                  {message}
                </span>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
