/** The logger that library code takes; pino's is one, `console` nearly. */

export interface LogFn {
  (fields: Record<string, unknown>, message: string): void
}

export interface Logger {
  debug: LogFn
  info: LogFn
  warn: LogFn
  error: LogFn
  /** For what has to be on record whatever the level is; `info` where a logger has no such thing. */
  audit?: LogFn
}

/** Puts something on record: who saw or changed what, never the values. */
export function audit(logger: Logger, fields: Record<string, unknown>, message: string): void {
  const log = logger.audit ?? logger.info
  log.call(logger, { audit: true, ...fields }, message)
}

const ignore: LogFn = () => {}

export const SILENT_LOGGER: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
