/** Records of a log → short lines for people, and the log of `--debug` made of them. */
import type { LogFn, Logger } from '../schemas/index.ts'
import type { Output } from './io.ts'
import { safeText } from './render/index.ts'

export interface LogRecord {
  time: Date
  level: string
  message: string
  fields: Readonly<Record<string, unknown>>
}

const LEVEL_WIDTH = 5

/** `12:30:59 info  message key=value`, in local time. */
export function formatLogLine({ time, level, message, fields }: LogRecord): string {
  const clock = time.toTimeString().slice(0, 8)
  const values = Object.entries(fields)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => ` ${name}=${showValue(value)}`)
  return `${safeText(`${clock} ${level.padEnd(LEVEL_WIDTH)} ${message}${values.join('')}`)}\n`
}

function showValue(value: unknown): string {
  if (value instanceof Error) return JSON.stringify(value.message)
  if (typeof value === 'string' && /^[^\s"]+$/.test(value)) return value
  return JSON.stringify(value)
}

/** Tells everything on stderr. */
export function createDebugLog(output: Output): Logger {
  const at = (level: string): LogFn => {
    return (fields, message) => {
      output.write(formatLogLine({ time: new Date(), level, message, fields }))
    }
  }
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
}
