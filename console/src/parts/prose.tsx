/** A sentence of the service: the times in it are in the zone of the reader, and as they came where the pointer rests. */
import { localTime } from '../format/time.ts'

const ISO = /(\d{4}-\d\d-\d\dT\d\d:\d\d:[\d.]+Z)/

export function Prose({ text }: { text: string | null }) {
  const parts = (text ?? '').split(ISO)
  return (
    <>
      {parts.map((part, index) =>
        index % 2 === 0 ? (
          part
        ) : (
          <time key={index} dateTime={part} title={part}>
            {localTime(part)}
          </time>
        ),
      )}
    </>
  )
}
