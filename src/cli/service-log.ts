/** The log of a service on stderr: JSON lines for machines, short lines where somebody watches a terminal. */
import { pino, type Logger as PinoLogger } from 'pino'
import type { LogFn } from '../schemas/index.ts'
import type { Output } from './io.ts'
import { formatLogLine } from './log-lines.ts'

/** Its `level` may be changed at any time; what it is told to `audit` is written at every level. */
export function createServiceLog(
  stderr: Output,
  level: 'info' | 'warn' | 'debug',
): PinoLogger & { audit: LogFn } {
  const write = stderr.isTTY
    ? (json: string) => stderr.write(shorten(json))
    : (json: string) => stderr.write(json)
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write })
  const record = log.child({}, { level: 'info' })
  return Object.assign(log, { audit: record.info.bind(record) })
}

function shorten(json: string): string {
  const { time, level, msg = '', err, ...fields } = JSON.parse(json) as Record<string, unknown>
  return formatLogLine({
    time: new Date(String(time)),
    level: pino.levels.labels[Number(level)] ?? 'info',
    message: String(msg),
    fields: { ...fields, err: errorMessage(err) },
  })
}

function errorMessage(err: unknown): unknown {
  return typeof err === 'object' && err !== null && 'message' in err ? err.message : err
}
