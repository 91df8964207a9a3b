/** The logger that library code takes; pino's is one, `console` nearly. */

export interface LogFn {
  (fields: Record<string, unknown>, message: string): void
}

export interface Logger {
  debug: LogFn
  info: LogFn
  warn: LogFn
  error: LogFn
}

const ignore: LogFn = () => {}

export const SILENT_LOGGER: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore }
