/** An error that nobody foresaw. Its message may hold anything, so neither result nor log quotes it. */
import { SILENT_LOGGER, type Logger, type OciProfileConfig } from '../schemas/index.ts'
import { failure, type Failure } from './verdict.ts'

export function explainSurprise(
  error: unknown,
  { auth_profile }: OciProfileConfig,
  logger: Logger = SILENT_LOGGER,
): Failure {
  const name = error instanceof Error ? error.name : typeof error
  logger.error({ auth_profile, error: name, frames: framesOf(error) }, 'the check itself failed')
  return failure('CHECK_FAILED', `the check itself failed: ${name}`)
}

/** Where it happened, without the message that a stack starts with. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error) || typeof error.stack !== 'string') return []
  const { message, stack } = error
  return stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /^ {4}at /.test(line))
}
