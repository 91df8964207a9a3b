/** Faults of the config file, each as a line of the log. */
import type { Finding, Logger } from '../schemas/index.ts'

export function logDiagnostics(
  file: string,
  diagnostics: readonly Finding[],
  logger: Logger,
): void {
  for (const { severity, code, line, message, fix } of diagnostics) {
    const log = severity === 'info' ? logger.info : logger.warn
    log.call(logger, { code, file, line, fix }, message)
  }
}
